#!/usr/bin/env bash
# Proves that the committed widget/dist/kumpel-chat.js is what its source builds, and
# that it is small enough. Exit status: 0 proved, 1 not so, 77 cannot be said here
# (the reason is the last line), as in Automake's tests.
#
# Usage: check_widget.sh [--without-check]; that leaves types, lint and tests out.
set -euo pipefail
cd "$(dirname "$0")/../widget"

readonly bundle=dist/kumpel-chat.js
readonly most_bytes=$((45 * 1000))

unproved() {
  echo "Der Chat ist hier nicht geprüft: $*"
  exit 77
}

command -v node >/dev/null || unproved "Node fehlt (nötig ab 18.19)."
command -v npm >/dev/null || unproved "npm fehlt."
node -e 'const [a, b] = process.versions.node.split("."); process.exit(a > 18 || (a == 18 && b >= 19) ? 0 : 1)' ||
  unproved "Node $(node --version) ist zu alt (nötig ab 18.19)."

# npm ci takes long: only where the lock is another than the one installed.
stamp=node_modules/.kumpel-lock
if ! cmp -s package-lock.json "$stamp"; then
  echo "Pakete des Chats werden installiert (npm ci) …"
  if ! log=$(npm ci 2>&1); then
    if grep -Eq 'EAI_AGAIN|ENOTFOUND|ECONNREFUSED|ETIMEDOUT|ENOTCACHED' <<<"$log"; then
      unproved "npm ci erreicht keine Paketquelle."
    fi
    echo "$log"
    exit 1
  fi
  cp package-lock.json "$stamp"
fi

[ "${1:-}" = --without-check ] || npm run --silent check

built=$(mktemp -d)
trap 'rm -rf "$built"' EXIT
npx vite build --logLevel warn --outDir "$built"
if ! cmp "$bundle" "$built/kumpel-chat.js"; then
  echo "widget/$bundle ist nicht der Stand der Quellen: make widget, dann einchecken."
  exit 1
fi
extra=$(cd "$built" && find . -type f ! -name kumpel-chat.js)
if [ -n "$extra" ]; then
  echo "Der Bau ergibt mehr als eine Datei: $extra"
  exit 1
fi

size=$(gzip --best --no-name --stdout "$bundle" | wc -c)
printf 'widget/%s: gleich dem Bau, %d Byte, gzip %d Byte von höchstens %d.\n' \
  "$bundle" "$(wc -c <"$bundle")" "$size" "$most_bytes"
[ "$size" -le "$most_bytes" ]
