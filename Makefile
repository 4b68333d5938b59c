# Every target is one verb of tools/, which needs nothing but Python 3.11. « make help » lists them.
PYTHON ?= python3
VERBS = run test check format demo-reset shell bench lock help

.PHONY: $(VERBS)
.DEFAULT_GOAL := help

$(VERBS):
	@command -v $(PYTHON) >/dev/null || { echo "Python manque : installez Python 3.11 ou plus récent (Debian, Ubuntu : « sudo apt-get install python3 python3-venv » ; macOS : « brew install python »)." >&2; exit 1; }
	@$(PYTHON) -m tools $@ $(ARGS)
