# `make demo` and `make test` do everything on a fresh Debian 12 or later with Python >= 3.11.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
# `make test EXTRAS=dev,train` also tests the training, which needs torch.
EXTRAS ?= dev
# The one list of system libraries: sound in, and what Qt's window needs.
SYSTEM_PACKAGES := libportaudio2 libegl1 libgl1 libdbus-1-3 libfontconfig1 libxkbcommon0 libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libcairo2
# onnxruntime and onnxruntime-gpu break each other: the GPU build only where an NVIDIA driver answers.
RUNTIME := $(shell nvidia-smi -L >/dev/null 2>&1 && echo gpu || echo cpu)
OTHER_RUNTIME := $(if $(filter gpu,$(RUNTIME)),onnxruntime,onnxruntime-gpu)
# Stamps of what is installed: another runtime or other extras are another stamp.
APP := $(VENV)/app-$(RUNTIME)
DEV := $(VENV)/dev-$(RUNTIME)-$(EXTRAS)

# A process of tests for each core.
PYTEST = $(BIN)/python -m pytest -n auto --dist worksteal
# From Python 3.12 on the interpreter itself counts which lines are reached, at next to no cost; before, hot loops take
# twice as long, and only `make coverage` counts.
MONITORS = $(shell $(BIN)/python -c 'import sys; print("yes" if sys.version_info >= (3, 12) else "")')
COVERED = $(if $(MONITORS),COVERAGE_CORE=sysmon )$(PYTEST) --cov --cov-report=
# `make coverage KIND=unit` counts what a kind of tests reaches.
KIND ?= not slow

TEXTS := $(wildcard livefollow/viewer/translations/*.ts)
# On Debian: sudo apt-get install qt6-l10n-tools
LRELEASE := $(shell command -v lrelease || echo /usr/lib/qt6/bin/lrelease)
APP_ID := org.livefollow.livefollow
SHARE := $(or $(XDG_DATA_HOME),$(HOME)/.local/share)

.PHONY: demo test test-slow coverage lint translations desktop smoke package system tracer clean

demo: $(APP)
	$(BIN)/livefollow strip assets/demo/score.pdf --out build/demo
	$(BIN)/livefollow frames assets/demo/performance.ogg --out build/demo
	$(BIN)/livefollow render --case assets/demo --out build/demo/demo.mp4
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then \
	  $(BIN)/livefollow --score assets/demo/score.pdf --audio assets/demo/performance.ogg; fi
	@echo 'The film is build/demo/demo.mp4. Now a piece of your own: $(BIN)/livefollow YOUR.pdf (or open it in the window), and play.'

test: $(DEV) lint tracer
	$(if $(MONITORS),$(COVERED),$(PYTEST)) -m "not slow"
	$(if $(MONITORS),$(BIN)/python -m tests.covered)

coverage: $(DEV)
	$(COVERED) -m "$(KIND)"
	$(BIN)/python -m tests.covered

test-slow: $(DEV)
	$(PYTEST)

lint: $(DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# Texts of the window: writes what is new into the .ts files, to be filled in, and compiles what is there.
translations: $(DEV)
	$(BIN)/python packaging/list_messages.py build/messages.py
	$(BIN)/pylupdate6 --no-obsolete $(TEXTS:%=--ts %) livefollow/viewer build/messages.py
	sed -i '/<location /d' $(TEXTS)
	$(LRELEASE) $(TEXTS)

# For the desktop of this user: an entry in its menu, with the icon. `livefollow` must be on the PATH.
desktop:
	install -Dm644 packaging/$(APP_ID).desktop $(SHARE)/applications/$(APP_ID).desktop
	install -Dm644 packaging/$(APP_ID).metainfo.xml $(SHARE)/metainfo/$(APP_ID).metainfo.xml
	install -Dm644 livefollow/viewer/livefollow.svg $(SHARE)/icons/hicolor/scalable/apps/$(APP_ID).svg

smoke: $(BIN)/pip
	$(BIN)/python packaging/smoke_test.py

# The application in one piece, as an archive and for Debian, tried without anything else around it.
package: $(BIN)/pip
	$(BIN)/python packaging/package.py

system:
	@if command -v dpkg-query >/dev/null; then \
	  missing=""; for p in $(SYSTEM_PACKAGES); do \
	    dpkg-query -W -f='$${Status}' $$p 2>/dev/null | grep -q "install ok installed" || missing="$$missing $$p"; done; \
	  if [ -n "$$missing" ]; then \
	    if [ "$$(id -u)" = 0 ]; then apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing; \
	    else echo "System libraries are missing. Run: sudo apt-get install$$missing"; exit 1; fi; fi; \
	else echo "Not a Debian system: PortAudio, EGL, xkbcommon and xcb-cursor must be installed by hand."; fi

# By it tests see that nothing leaves the computer; without it they are skipped and say so.
tracer:
	@if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && ! command -v strace >/dev/null; then \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends strace || true; fi

# Debian's Python makes environments only with a package of its own; without it a half-made one is left.
$(BIN)/pip: | system
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "livefollow needs Python 3.11 or later")'
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3-venv; \
	  else echo "Python cannot make environments here. Run: sudo apt-get install python3-venv"; exit 1; fi
	$(PYTHON) -m venv $(VENV)

$(APP): pyproject.toml | $(BIN)/pip
	$(BIN)/pip uninstall -qq -y $(OTHER_RUNTIME)
	$(BIN)/pip install -q -e '.[$(RUNTIME)]'
	touch $@

$(DEV): pyproject.toml | $(BIN)/pip
	$(BIN)/pip uninstall -qq -y $(OTHER_RUNTIME)
	$(BIN)/pip install -q -e '.[$(RUNTIME),$(EXTRAS)]'
	touch $@

clean:
	rm -rf $(VENV) build
