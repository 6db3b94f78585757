GO      ?= go
VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
LDFLAGS := -s -w -X main.version=$(VERSION)
BIN     := bin/pia-check
FUZZ    ?= 30s

.PHONY: all build demo test browser-test rego-test rules-test eval lint bench fuzz golden fixtures validate release reproducible clean tesseract poppler

all: build

build: ## the program, one static binary
	CGO_ENABLED=0 $(GO) build -trimpath -ldflags '$(LDFLAGS)' -o $(BIN) ./cmd/pia-check

demo: build tesseract ## check the SmartLINK case; its findings fail, which is the point
	@$(BIN) check --fail-on none fixtures/smartlink

test: tesseract lint rego-test rules-test ## everything that must pass
	$(GO) test ./...
	@$(MAKE) --no-print-directory browser-test

# What the tests of the HTML report drive and read the page with, as Debian has
# it, and axe-core, which looks for what keeps people out.
BROWSER := chromium:chromium pdftotext:poppler-utils npm:npm
AXE := bin/axe/node_modules/axe-core/axe.min.js
APT := apt-get -o Acquire::http::Timeout=30 -o Acquire::Retries=2

browser-test: build ## the HTML report in a real browser, which is installed where it can be
	@missing=; for tool in $(BROWSER); do command -v $${tool%%:*} >/dev/null || missing="$$missing $${tool##*:}"; done; \
	if [ -z "$$missing" ]; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  echo "installing$$missing with apt-get"; \
	  $(APT) update -qq && DEBIAN_FRONTEND=noninteractive $(APT) install -qq -y --no-install-recommends $$missing >/dev/null || \
	    echo "SKIPPED: tests of the HTML report that need$$missing, which couldn't be installed"; \
	else echo "SKIPPED: tests of the HTML report that need$$missing, which can't be installed here"; fi
	@test -f $(AXE) || ! command -v npm >/dev/null || \
	  npm install --silent --no-audit --no-fund --fetch-retries 1 --fetch-timeout 60000 --prefix bin/axe axe-core@4.14.1 || \
	  echo "SKIPPED: the tests by axe-core, which npm couldn't fetch"
	cd report/browsertest && $(GO) vet . && $(GO) test -timeout 15m .

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

bench: build tesseract poppler ## the figures of docs/performance.md, against conftest and opa in one run
	cd bench && $(GO) run .

fuzz: ## each fuzz target for FUZZ
	@for pkg in $$($(GO) list ./...); do \
	  for target in $$($(GO) test -list '^Fuzz' $$pkg | grep '^Fuzz'); do \
	    echo "$$pkg $$target"; $(GO) test -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZ) -fuzzminimizetime 10x $$pkg || exit 1; \
	  done; \
	done

validate: ## the tests that need other programs (xmllint, git, jq, curl), none left out
	$(call need,xmllint,libxml2-utils,it validates the JUnit report)
	$(call need,jq,jq,the scripts of the GitHub action need it)
	PIA_CHECK_VALIDATE=1 $(GO) test -count=1 ./report ./ci

release: ## archives of all systems, checksums and bills of materials, in dist/
	$(GO) run ./release

reproducible: ## the same, built twice with a compiler cache of its own each, and compared
	$(GO) run ./release -twice

golden: tesseract ## write the golden files anew
	$(GO) test ./cmd/pia-check -update
	$(GO) test ./report -run TestGolden -update

fixtures: ## build the fixture documents that aren't plain text
	cd fixtures/build && $(GO) run .

tesseract: ## reads the scans among the fixtures
	$(call need,tesseract,tesseract-ocr,the SmartLINK case has a scan)

poppler: ## its pdftotext is what figures are compared with
	$(call need,pdftotext,poppler-utils,the figures are compared with pdftotext)

# need installs the Debian package of a program that is missing, where it can.
need = @command -v $(1) >/dev/null || { \
	sudo=; test "$$(id -u)" = 0 || sudo="sudo -n"; \
	if command -v apt-get >/dev/null && { test -z "$$sudo" || $$sudo true 2>/dev/null; }; then \
	  echo "$(1) is missing ($(3)): installing $(2) with apt-get"; \
	  $$sudo apt-get update -qq && $$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(2); \
	fi; \
	command -v $(1) >/dev/null || { \
	  echo "$(1) is missing ($(3)) and can't be installed from here; install it:"; \
	  echo "  Debian, Ubuntu: sudo apt-get install $(2)"; \
	  echo "  Fedora: sudo dnf install $(1:pdftotext=poppler-utils)   macOS: brew install $(1:pdftotext=poppler)"; \
	  exit 1; }; }

clean:
	rm -rf bin dist
