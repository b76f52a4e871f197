# attache: `make demo` shows what it does, `make test` proves it; `make help` lists the rest.
BUILD  ?= build
CC     ?= cc
CFLAGS ?= -O3 -g
PYTHON := $(firstword $(foreach p,/usr/bin/python3 python3,$(shell $(p) -c 'import jsonschema' 2>/dev/null && echo $(p))) python3)

# As many steps at a time as there are cores, unless `make -jN` says how many.
ifeq ($(MAKELEVEL)$(filter -j%,$(MAKEFLAGS)),0)
MAKEFLAGS += -j$(shell nproc)
endif

LIBRARIES := libpcre2-8 libutf8proc jansson libmd zlib
# Built in when they are found, each with the macro that says so; `make OPTIONAL=` leaves them out.
OPTIONAL  := $(foreach l,libxml-2.0 libarchive sqlite3,$(shell pkg-config --exists $(l) 2>/dev/null && echo $(l)))
HAVE      := $(OPTIONAL:libxml-2.0=-DATT_HAVE_LIBXML2)
HAVE      := $(HAVE:libarchive=-DATT_HAVE_LIBARCHIVE)
HAVE      := $(HAVE:sqlite3=-DATT_HAVE_SQLITE3)
override CFLAGS += -std=c11 -pthread -D_GNU_SOURCE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes \
                   -Isrc -I$(BUILD)/gen $(HAVE) $(shell pkg-config --cflags $(LIBRARIES) $(OPTIONAL) 2>/dev/null)
LDLIBS = $(shell pkg-config --libs $(LIBRARIES) $(OPTIONAL) 2>/dev/null)

SOURCES := $(sort $(wildcard src/*/*.c))
LIB     := $(patsubst src/%.c,$(BUILD)/%.o,$(filter-out src/cli/%,$(SOURCES)))
NO_IMAGE := $(BUILD)/gen/no_image.o $(BUILD)/gen/shipped.o
PIC     := $(patsubst src/%.c,$(BUILD)/pic/%.o,$(filter-out src/cli/% src/tools/%,$(SOURCES)))
CLI     := $(patsubst src/%.c,$(BUILD)/%.o,$(filter src/cli/%,$(SOURCES)))
RULES   := $(sort $(shell find rules -name '*.rules' -o -name '*.tsv' -o -name '*.txt'))
UNITS   := $(patsubst tests/unit/%.c,$(BUILD)/unit/%,$(sort $(wildcard tests/unit/test_*.c)))

.PHONY: all deps deps-dev demo test check layers lint format size asan tsan fuzz interop python coverage eval bench bench-compare full clean help install deb

all: $(BUILD)/attache ## build the program (build/attache) and the library (build/libattache.a)

# What a debugger wants to know stands beside the program, which finds it.
$(BUILD)/attache: $(CLI) $(BUILD)/libattache.a
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $(CLI) $(BUILD)/libattache.a $(LDLIBS)
	@objcopy --only-keep-debug $@ $@.debug && objcopy --strip-all --add-gnu-debuglink=$@.debug $@

$(BUILD)/libattache.a: $(LIB) $(BUILD)/gen/image.o
	rm -f $@ && $(AR) rcs $@ $^

# The shared library, for other languages: what src/attache.h declares is seen, the rest is not.
$(BUILD)/libattache.so: $(PIC) $(BUILD)/pic/gen/image.o $(BUILD)/gen/exports
	$(CC) $(CFLAGS) -shared $(LDFLAGS) -Wl,-soname,libattache.so.0 -Wl,--version-script=$(BUILD)/gen/exports -o $@ $(filter %.o,$^) $(LDLIBS)
$(BUILD)/pic/%.o: src/%.c
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -fPIC -MMD -MP -c -o $@ $<
$(BUILD)/pic/gen/%.o: $(BUILD)/gen/%.o
	@mkdir -p $(@D)
	cp $< $@
$(BUILD)/gen/exports: src/attache.h
	@mkdir -p $(@D)
	{ echo '{ global:'; sed -n 's/^[a-z].*[ *]\(att_[a-z_]*\)(.*/\1;/p' $<; echo 'local: *; };'; } > $@

$(BUILD)/%.o: src/%.c
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -MMD -MP -c -o $@ $<

# What the build makes: the schema, the report's style and script, the store's SQL as bytes, the shipped rules as one assembler file.
BYTES = od -An -v -tx1 $< | sed 's/ \([0-9a-f][0-9a-f]\)/0x\1,/g' > $@
$(BUILD)/gen/schema.inc: src/write/schema.json
	@mkdir -p $(@D)
	$(BYTES)
$(BUILD)/write/schema.o $(BUILD)/pic/write/schema.o: $(BUILD)/gen/schema.inc
$(BUILD)/gen/%.inc: src/tools/%
	@mkdir -p $(@D)
	$(BYTES)
$(BUILD)/tools/report_page.o: $(BUILD)/gen/report.css.inc $(BUILD)/gen/report.js.inc
$(BUILD)/tools/store.o: $(BUILD)/gen/store.sql.inc

$(BUILD)/gen/shipped.S: src/embed.sh $(RULES) $(BUILD)/gen/rules.list
	sh src/embed.sh $(BUILD)/gen/rules.list > $@
$(BUILD)/gen/shipped.o: $(BUILD)/gen/shipped.S
	$(CC) -c -o $@ $<
# Changes only when a rule file comes or goes.
$(BUILD)/gen/rules.list: FORCE
	@mkdir -p $(@D)
	@printf '%s\n' $(RULES) | LC_ALL=C sort > $@.new
	@cmp -s $@.new $@ && rm -f $@.new || mv $@.new $@
FORCE:

# The shipped rules, compiled by a program that has them as text only. Programs that link $(NO_IMAGE) read the text.
$(BUILD)/gen/image.o: src/image.S $(BUILD)/gen/shipped.image
	$(CC) -DSHIPPED_IMAGE='"$(BUILD)/gen/shipped.image"' -c -o $@ $<
$(BUILD)/gen/no_image.o: src/image.S
	@mkdir -p $(@D)
	$(CC) -c -o $@ $<
$(BUILD)/gen/shipped.image: $(BUILD)/gen/compiler
	$< compile -o $@
$(BUILD)/gen/compiler: $(CLI) $(LIB) $(NO_IMAGE)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS)

# Compiled rules belong to one build: what says which changes with the sources and with how they are compiled.
$(BUILD)/gen/build.inc: FORCE
	@mkdir -p $(@D)
	@{ $(CC) --version; echo '$(CFLAGS)'; cat $(sort $(wildcard src/*.h src/*/*.h)) $(SOURCES); } | sha256sum \
	    | sed 's/^\([0-9a-f]\{63\}\).*/"\1"/' > $@.new
	@cmp -s $@.new $@ && rm -f $@.new || mv $@.new $@
$(BUILD)/engine/image.o $(BUILD)/pic/engine/image.o: $(BUILD)/gen/build.inc

deps: ## install what is missing to build and test (apt-get where it may, else the line to type)
	@sh tests/deps.sh build

deps-dev: ## the same for `make check` and `make asan`: clang, clang-format
	@sh tests/deps.sh dev

demo: deps ## install, build, annotate corpora/ and show what was found
	@$(MAKE) --no-print-directory -s all
	@sh tests/demo.sh $(BUILD)

test: deps ## install, build, run every test
	@$(MAKE) --no-print-directory run-tests

.PHONY: run-tests
run-tests: $(BUILD)/attache $(UNITS)
	@PYTHON=$(PYTHON) BUILD=$(BUILD) sh tests/run.sh

$(BUILD)/unit/%: tests/unit/%.c $(NO_IMAGE) $(BUILD)/libattache.a
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(LDFLAGS) -MMD -MP -MF $@.d -o $@ $< $(NO_IMAGE) $(BUILD)/libattache.a -lcmocka $(LDLIBS)

check: deps-dev ## layers of src/, lint of the shipped rules, format of the code, size of the program
	@$(MAKE) --no-print-directory layers lint format size

layers: ## who may include whom
	@awk -f tests/layers.awk tests/layers.txt $(sort $(wildcard src/*/*.c src/*/*.h)) && echo "layers: good"

lint: all ## lint of the shipped rules; rules that no test tries
	$(BUILD)/attache lint --rules rules
	@$(BUILD)/attache test --rules rules --coverage --quiet

format: all ## layout of the shipped rules, format of the code
	@$(BUILD)/attache fmt --check rules || { echo "these rules are not laid out as usual: $(BUILD)/attache fmt rules"; exit 1; }
	@clang-format --dry-run --Werror $(sort $(wildcard src/*.h src/*/*.c src/*/*.h tests/unit/*.c tests/fuzz/*.[ch])) && echo "format: good"

size: all ## the program with its rules stays under 40 MB
	@bytes=$$(stat -c %s $(BUILD)/attache); [ $$bytes -lt 40000000 ] || { echo "the program has $$bytes bytes; 40,000,000 are the most"; exit 1; }
	@echo "size: good"

asan: deps ## the same tests under the address and undefined-behaviour sanitizers
	@$(MAKE) --no-print-directory BUILD=build/asan run-tests \
	    CFLAGS="-O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all" LDFLAGS="-fsanitize=address,undefined"

tsan: deps ## what uses threads under the thread sanitizer, which has no room for compiled rules: with their text
	@$(MAKE) --no-print-directory BUILD=build/tsan build/tsan/gen/compiler \
	    CFLAGS="-O1 -g -fsanitize=thread" LDFLAGS="-fsanitize=thread"
	@ln -sf gen/compiler build/tsan/attache
	@FAST_ONLY=1 BUILD=build/tsan sh tests/checks/threads.sh \
	    && ATTACHE=build/tsan/attache sh tests/run_cases.sh output/threads output/stopped_threads output/closed_pipe output/full_disk

SECONDS ?= 60
fuzz: deps-dev ## any bytes as documents and as rules, under the sanitizers (SECONDS=60; skipped without clang's fuzzer)
	@mkdir -p $(BUILD)/fuzz
	@if echo 'int LLVMFuzzerTestOneInput(const char *b, long n) { return !b + !n; }' \
	    | clang -x c - -fsanitize=fuzzer,address,undefined -o $(BUILD)/fuzz/probe 2>/dev/null; then \
	    $(MAKE) --no-print-directory -s CC=clang BUILD=$(BUILD)/fuzz CFLAGS="$(FUZZ_FLAGS) -fsanitize=fuzzer-no-link" fuzzers \
	        && sh tests/fuzz/run.sh $(BUILD)/fuzz $(SECONDS); \
	else echo "SKIPPED: fuzz: clang has no -fsanitize=fuzzer here (Debian: libclang-rt-14-dev)" >&2; fi
# NULL + 0, of an array that has no items, is nobody's error.
FUZZ_FLAGS := -O1 -g -fsanitize=address,undefined -fno-sanitize=pointer-overflow -fno-sanitize-recover=all

.PHONY: fuzzers
fuzzers: $(patsubst tests/fuzz/%.c,$(BUILD)/%,$(wildcard tests/fuzz/fuzz_*.c))
$(BUILD)/fuzz_%: tests/fuzz/fuzz_%.c tests/fuzz/fuzz.h $(LIB) $(NO_IMAGE)
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -fsanitize=fuzzer $(LDFLAGS) -o $@ $< $(LIB) $(NO_IMAGE) $(LDLIBS)

interop: all $(BUILD)/libattache.so ## with Python, Apache Spark, GNU parallel, a Slurm array (PYTHON=interpreter with pyspark)
	@BUILD=$(BUILD) PYTHON=$(PYTHON) sh tests/interop/run.sh

python: $(BUILD)/libattache.so ## the Python package with the library in it: pip install build/python
	rm -rf $(BUILD)/python && cp -R src/python $(BUILD)/python && cp $< $(BUILD)/python/attache/

coverage: all ## write the tables of what the rules cover into rules/README.md
	@$(BUILD)/attache stats --rules rules --format json > $(BUILD)/stats.json && $(PYTHON) tests/coverage.py --write $(BUILD)/stats.json rules/README.md

GOLD ?= ../shared/gold
eval: all ## score against gold annotations, where there are some (GOLD=DIR)
	@sh tests/eval.sh $(BUILD) $(GOLD)

CORPUS ?= ../shared/corpus/white-house-sample.jsonl.gz
bench: all ## what it costs, beside wc -w and other tools (CORPUS=FILE.jsonl.gz, ONLY=whole,stages,steps,growth,sizes,threads,others,hostile,builds RUNS=7)
	@sh tests/bench/bench.sh $(BUILD) $(CORPUS) --history tests/bench/history.jsonl \
	    --json $(BUILD)/bench.json $(if $(ONLY),--only $(ONLY)) $(if $(RUNS),--runs $(RUNS))

bench-compare: all ## CPU time and memory beside another revision's (BASE=REV); fails when 5 % slower
	@RUNS=$(RUNS) sh tests/bench/compare.sh $(BUILD) $(CORPUS) $(BASE)

full: run-tests ## what takes long: the reference matcher on 20,000 random pairs and the whole sample, threads, shards (CORPUS=FILE.jsonl.gz)
	ATT_MATCH_PAIRS=20000 $(BUILD)/unit/test_match
	$(PYTHON) tests/full/shadowed.py $(BUILD)/attache
	@sh tests/full/sample.sh $(BUILD) $(CORPUS)
	@sh tests/full/install.sh $(BUILD)
	$(MAKE) --no-print-directory -s OPTIONAL= BUILD=$(BUILD)/plain run-tests

install: all $(BUILD)/libattache.so ## install program, libraries, header, man page, completion and vim's files below $(PREFIX)
	install -d $(addprefix $(DESTDIR)$(PREFIX)/,bin lib include share/man/man1 share/bash-completion/completions \
	    share/vim/vimfiles/syntax share/vim/vimfiles/ftdetect share/vim/vimfiles/ftplugin)
	install -m 755 $(BUILD)/attache $(DESTDIR)$(PREFIX)/bin/
	install -m 644 $(BUILD)/libattache.a $(DESTDIR)$(PREFIX)/lib/
	install -m 644 $(BUILD)/libattache.so $(DESTDIR)$(PREFIX)/lib/libattache.so.0
	ln -sf libattache.so.0 $(DESTDIR)$(PREFIX)/lib/libattache.so
	install -m 644 src/attache.h $(DESTDIR)$(PREFIX)/include/
	install -m 644 src/man/attache.1 $(DESTDIR)$(PREFIX)/share/man/man1/
	install -m 644 src/completion/attache.bash $(DESTDIR)$(PREFIX)/share/bash-completion/completions/attache
	for part in syntax ftdetect ftplugin; do \
	    install -m 644 src/editor/vim/$$part/attache.vim $(DESTDIR)$(PREFIX)/share/vim/vimfiles/$$part/; done
PREFIX ?= /usr/local

deb: ## Debian packages of this tree in build/; wants debhelper and dpkg-dev
	rm -rf $(BUILD)/deb && mkdir -p $(BUILD)/deb/attache
	cp -r src rules Makefile CHANGELOG.md $(BUILD)/deb/attache/ && cp -r src/debian $(BUILD)/deb/attache/
	cd $(BUILD)/deb/attache && dpkg-buildpackage -us -uc -b
	cp $(BUILD)/deb/*.deb $(BUILD)/

clean: ## remove what was built
	rm -rf build

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 15

-include $(LIB:.o=.d) $(PIC:.o=.d) $(CLI:.o=.d) $(UNITS:=.d)
