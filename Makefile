# Everything a checkout needs. Only Node >= 20.19, npm and make have to be there.
.PHONY: install build tournament research check test bench docs golden clean

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

# Types, lint, folder boundaries.
check: install
	node_modules/.bin/tsc --noEmit
	node_modules/.bin/biome check
	$(JEST) tests/boundaries.test.ts

test: build
	$(JEST) $(TESTS)

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
