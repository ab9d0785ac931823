/*
 * Loaded before a program (`node --import`): its calendar clock, and that of its threads, goes by SHIFT_HOURS wrong.
 */
const shift = Number(process.env.SHIFT_HOURS) * 3_600_000;
const RealDate = Date;
globalThis.Date = class extends RealDate {
  constructor(...args) {
    super(...(args.length === 0 ? [RealDate.now() + shift] : args));
  }
  static now() {
    return RealDate.now() + shift;
  }
};
