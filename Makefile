# The only entry points; each is a script that installs what it needs, shows its steps, and says what is missing and how to get it.
.DEFAULT_GOAL := help
.PHONY: help run build check test bench gen where

help: ## What can be made.
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST)

run: ## Build everything and start it with a demonstration brand; Ctrl-C stops it. BRAND=demo-law for the other brand.
	@deploy/run.sh

build: ## Build the binary and the web apps.
	@deploy/build.sh

check: ## Format, lints, repository checks, licences, generated files, TypeScript, what the apps load at first.
	@tests/check.sh

test: ## Run every test.
	@tests/test.sh

bench: ## Measure server, a large desk and the apps on this machine.
	@tests/bench.sh

gen: ## Write the generated files.
	@tests/gen.sh

where: ## Print the path of the built binary.
	@deploy/where.sh
