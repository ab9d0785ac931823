# Everything a checkout needs. Only Node >= 20.19, npm and make have to be there.
.PHONY: install build tournament research ingest check test pit placebo power chaos fuzz bench docs golden clean

JEST = NODE_OPTIONS="--experimental-vm-modules --no-warnings" node_modules/.bin/jest
INSTALLED = node_modules/.package-lock.json

install: $(INSTALLED)

$(INSTALLED): package-lock.json
	npm ci --ignore-scripts
	@touch $@

build: install
	node engine/build.mjs

tournament: install
	./dag run dags/tournament.yaml

research: install
	./dag run dags/research.yaml

# Files of the venue into lake/raw, clean tables into lake/cleaned: make ingest SYMBOLS=BTCUSDT,ETHUSDT FROM=2024-01-01 TO=2024-12-31
ingest: install
	./dag run dags/ingest.yaml $(if $(SYMBOLS),--set symbols=$(SYMBOLS)) $(if $(FROM),--set span.from=$(FROM)) $(if $(TO),--set span.to=$(TO))

# Types, lint, folder boundaries.
check: install
	node_modules/.bin/tsc --noEmit
	node_modules/.bin/biome check
	$(JEST) tests/boundaries.test.ts

test: build
	$(JEST) $(TESTS)

# The leak corpus: what each leak is and what catches it, what only looks like one, what nothing can see.
pit: install
	PIT_TABLE=1 $(JEST) tests/pit/corpus.test.ts

# What discovery finds on SEEDS markets without effects; `make test` looks at 20, pooled and without states. With RAW=FOLDER (and FUNDING=FOLDER)
# also on that many shifts of real bars.
SEEDS ?= 200
SEEDED = --set seeds=$$(seq -s , 1 $(SEEDS))
placebo: install
	./dag run dags/placebo.yaml --profile whole $(SEEDED)
	$(if $(RAW),./dag run dags/placebo-shifted.yaml --profile binance $(SEEDED) --set raw=$(RAW) $(if $(FUNDING),--set funding=$(FUNDING)))

# How often discovery finds an effect that is there, by its size, on POWER_SEEDS markets of each size; the page of research tells it
# from then on.
POWER_SEEDS ?= 50
power: install
	./dag run dags/power.yaml --set seeds=$$(seq -s , 1 $(POWER_SEEDS))

# Mutations of good files, FUZZ_RUNS of them: the compiler must neither crash nor hang, and tell a place.
fuzz: install
	FUZZ_RUNS=$${FUZZ_RUNS:-10000} $(JEST) tests/dags/fuzz.test.ts tests/engine/graph/fuzz.test.ts

# Kills, damage, full disks and another Node, at length: an hour or so. `make test` has a small helping of each.
OTHER_NODE = .dist/node24/node_modules/node-$(shell node -p 'process.platform + "-" + process.arch')/bin/node
CHAOS = CHAOS_LARGE=1 CHAOS_TOY_KILLS=100 CHAOS_SMOKE_KILLS=100 CHAOS_TOURNAMENT_KILLS=5 CHAOS_DOWNLOAD_KILLS=30 CHAOS_DAMAGED_LAKES=20 CHAOS_OTHER_NODE=$(OTHER_NODE)
chaos: build $(OTHER_NODE)
	env $(CHAOS) $(JEST) --runInBand tests/chaos

$(OTHER_NODE):
	npm install --prefix .dist/node24 --no-save node-$(shell node -p 'process.platform + "-" + process.arch')@24

# Ratios to a baseline in the same run; one file a topic.
bench: build
	node tests/bench/run.mjs

# What `dag docs` and `dag schema` write is checked in; a test holds it fresh.
docs: build
	./dag docs
	./dag schema

# Rewrite the golden files; read the difference as code.
golden: build
	UPDATE_GOLDEN=1 $(JEST) $(TESTS)

clean:
	rm -rf dist .dist
