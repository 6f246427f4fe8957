#!/bin/sh
# Installs the real nodes of older releases, prebuilt, into DIR, and prints DIR. Usage: install.sh DIR
set -eu
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
cp "$here"/package.json "$here"/*.mjs "$1"
(cd "$1" && npm install --silent --no-audit --no-fund --ignore-scripts >&2)
echo "$1"
