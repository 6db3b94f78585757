GO      ?= go
VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
LDFLAGS := -s -w -X main.version=$(VERSION)
BIN     := bin/pia-check
FUZZ    ?= 30s

.PHONY: all build demo test rego-test rules-test eval lint bench fuzz golden clean

all: build

build: ## the program, one static binary
	CGO_ENABLED=0 $(GO) build -trimpath -ldflags '$(LDFLAGS)' -o $(BIN) ./cmd/pia-check

demo: build ## check the SmartLINK case; its findings fail, which is the point
	@$(BIN) check --fail-on none fixtures/smartlink

test: lint rego-test rules-test ## everything that must pass
	$(GO) test ./...

rego-test: build ## the policies' own tests, with the coverage that they must reach
	$(BIN) policy test --min-coverage 95

rules-test: build ## the extraction rules against their own examples
	$(BIN) rules test

GOLD ?= fixtures/extraction/gold
DOCUMENTS ?= fixtures/extraction
eval: build ## precision and recall of extraction, against the last run
	$(BIN) rules eval $(GOLD) --documents $(DOCUMENTS) --last bin/eval.json

lint:
	@test -z "$$(gofmt -l .)" || { echo "run gofmt on:"; gofmt -l .; exit 1; }
	$(GO) vet ./...
	$(GO) tool staticcheck ./...

bench: build ## the figures of docs/performance.md, against conftest and opa in one run
	cd bench && $(GO) run .

fuzz: ## each fuzz target for FUZZ
	@for pkg in $$($(GO) list ./...); do \
	  for target in $$($(GO) test -list '^Fuzz' $$pkg | grep '^Fuzz'); do \
	    echo "$$pkg $$target"; $(GO) test -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZ) $$pkg || exit 1; \
	  done; \
	done

golden: ## write the golden files anew
	$(GO) test ./cmd/pia-check -update

clean:
	rm -rf bin dist
