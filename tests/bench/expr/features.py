"""The core feature set in pandas: reads bars as little-endian doubles, one column after the other, prints seconds as JSON.

features.py FILE ROWS: columns open high low close volume taker_base_volume.
"""
import json
import sys
import time

import numpy as np
import pandas as pd

NAMES = ["open", "high", "low", "close", "volume", "taker_base_volume"]
TIMES = 2


def zscore(x, w, m):
    r = x.rolling(w, min_periods=m)
    return (x - r.mean()) / r.std()


def q(x, share, w=576, m=96):
    return x.rolling(w, min_periods=m).quantile(share).shift(1)


def wilder(x, n):
    return x.ewm(alpha=1 / n, adjust=False).mean()


def mad(v):
    v = v[~np.isnan(v)]
    return np.median(np.abs(v - np.median(v)))


def deviation(v):
    return np.mean(np.abs(v - np.mean(v)))


def tail(v):
    v = v[~np.isnan(v)]
    return np.mean(v[v <= np.quantile(v, 0.05)])


def features(b):
    f = {}
    c, h, l, v = b["close"], b["high"], b["low"], b["volume"]
    for k in (1, 3, 12, 96):
        f[f"ret_{k}"] = c / c.shift(k) - 1
    f["logret_1"] = r = np.log(c / c.shift(1))
    f["abs_ret_1"], f["abs_ret_96"] = f["ret_1"].abs(), f["ret_96"].abs()
    f["range_1"] = (h - l) / c
    f["rv_12"] = np.sqrt((r**2).rolling(12).mean())
    f["rv_96"] = r.rolling(96, min_periods=72).std()
    f["rv_288"] = r.rolling(288, min_periods=216).std()
    f["rv_z"] = zscore(f["rv_96"], 288, 72)
    f["rv_p"] = f["rv_288"].rolling(8640, min_periods=2016).rank(method="max", pct=True)
    f["shock_ratio"] = f["rv_12"] / f["rv_12"].rolling(288, min_periods=72).median()
    f["high_96"] = h.rolling(96, min_periods=72).max()
    f["low_96"] = l.rolling(96, min_periods=72).min()
    f["range_96"] = f["high_96"] - f["low_96"]
    f["range_med_2880"] = f["range_96"].rolling(2880, min_periods=2160).median()
    f["compression"] = f["range_96"] / f["range_med_2880"]
    f["imbalance"] = 2 * b["taker_base_volume"] / v - 1
    f["imbalance_z"] = zscore(f["imbalance"], 288, 72)
    f["stretch"] = zscore(f["ret_12"], 288, 72)
    d = c.diff()
    f["er_96"] = (c - c.shift(96)).abs() / d.abs().rolling(96).sum()
    f["rsi_14"] = 100 - 100 / (1 + wilder(d.clip(lower=0), 14) / wilder(-d.clip(upper=0), 14))
    true_range = np.maximum(h, c.shift(1)) - np.minimum(l, c.shift(1))
    f["atr_14"] = wilder(true_range, 14)
    for w in (20, 96, 288):
        f[f"sma_{w}"] = c.rolling(w).mean()
    for n in (12, 96):
        f[f"ema_{n}"] = c.ewm(span=n, adjust=False).mean()
    row = pd.Series(np.arange(len(c), dtype=float), index=c.index)
    f["slope_96"] = c.rolling(96).cov(row) / row.rolling(96).var()
    f["skew_288"] = r.rolling(288, min_periods=144).skew()
    f["kurtosis_288"] = r.rolling(288, min_periods=144).kurt()
    f["autocorr_288"] = r.rolling(288, min_periods=144).corr(r.shift(1))
    f["volume_corr_288"] = r.rolling(288, min_periods=144).corr(v)
    f["volume_beta_288"] = r.rolling(288, min_periods=144).cov(v) / v.rolling(288, min_periods=144).var()
    f["volume_z"] = zscore(v, 288, 72)
    f["volume_p"] = v.rolling(2016, min_periods=288).rank(method="max", pct=True)
    for share in (90, 97):
        f[f"volume_q{share}"] = v.rolling(8640, min_periods=2016).quantile(share / 100)
    for name, x, shares in (
        ("rv", f["rv_96"], (0.66, 0.7, 0.95)),
        ("ret", f["abs_ret_1"], (0.4, 0.75, 0.95)),
        ("range", f["range_1"], (0.8, 0.95)),
        ("trend", f["abs_ret_96"], (0.7, 0.85)),
        ("imbalance", f["imbalance"], (0.01, 0.99)),
        ("stretch", f["stretch"].abs(), (0.96,)),
        ("rv_z", f["rv_z"], (0.97,)),
    ):
        for share in shares:
            f[f"{name}_q{share}"] = q(x, share)
    f["band_off"] = c - f["sma_96"].shift(1)
    f["band"] = 2.5 * c.rolling(96).std().shift(1)
    f["amihud_24"] = (r.abs() / (c * v)).rolling(24).mean()
    flow = 2 * b["taker_base_volume"] - v
    f["kyle_24"] = d.rolling(24).cov(flow)
    f["vpin_24"] = flow.abs().rolling(24).sum() / v.rolling(24).sum()
    return f


def called_back(b):
    """What pandas has no kernel for: Python is called a row, so it is timed apart."""
    c, h, l = b["close"], b["high"], b["low"]
    r = np.log(c / c.shift(1))
    return {
        "mad_2016": 1.4826 * r.rolling(2016, min_periods=288).apply(mad, raw=True),
        "deviation_20": c.rolling(20).apply(deviation, raw=True),
        "tail_2016": r.rolling(2016, min_periods=288).apply(tail, raw=True),
        "since_high": 95 - h.rolling(96).apply(np.argmax, raw=True),
        "since_low": 95 - l.rolling(96).apply(np.argmin, raw=True),
    }


def seconds(work):
    began = time.process_time()
    columns = len(work())
    return time.process_time() - began, columns


def main(file, rows):
    cells = np.fromfile(file, dtype="<f8").reshape(len(NAMES), rows)
    bars = pd.DataFrame(dict(zip(NAMES, cells)))
    kernels, columns = min(seconds(lambda: features(bars)) for _ in range(TIMES))
    slow, more = seconds(lambda: called_back(bars))
    print(json.dumps({"kernels": kernels, "columns": columns, "slow": slow, "more": more, "version": pd.__version__}))


main(sys.argv[1], int(sys.argv[2]))
