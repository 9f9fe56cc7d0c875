#!/bin/sh
# The main job on a registry of its own: builds two images without docker, publishes them with their
# chart in one step, pulls all of it back and compares the digests. Needs the built command, nothing
# else.
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
pytoya=$root/examples/pytoya
work=$(mktemp -d)
server=
stop() {
  if [ -n "$server" ]; then
    kill "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
  fi
  rm -rf "$work"
}
trap stop EXIT
trap 'exit 130' INT TERM

# What this does must not depend on, nor touch, anybody's own files; nor be a step of a job.
export HOME="$work/home" XDG_CACHE_HOME="$work/cache" DOCKER_CONFIG="$work/docker"
unset GITHUB_ACTIONS GITHUB_OUTPUT GITHUB_STEP_SUMMARY
mkdir -p "$HOME"

say() { printf '\n# %s\n' "$*"; }
tug() { "$root/oci-cli/target/tug/bin/tug" "$@"; }
run() {
  printf '$ tug'
  printf ' %s' "$@" | sed "s|$work/||g; s|$root/||g"
  printf '\n'
  # not through a pipe, which would hide that it failed
  tug "$@" >"$work/said"
  sed "s|$work/||g" "$work/said"
}

digest() {
  if command -v sha256sum >/dev/null; then sha256sum "$1"; else shasum -a 256 "$1"; fi | cut -d ' ' -f 1
}

same() { # what one other
  if [ "$2" != "$3" ]; then
    echo "demo: $1 came back as $3, not as $2" >&2
    exit 1
  fi
  echo "$1 came back whole: $3"
}

say "a registry in the background"
# not through the function: what is killed in the end must be the registry, not a shell that waits for it
"$root/oci-cli/target/tug/bin/tug" serve "$work/registry" >"$work/address" &
server=$!
until grep -q ' at http' "$work/address"; do
  kill -0 "$server"
  sleep 0.1
done
host=$(sed 's|.* at http://||' "$work/address")
echo "it listens at $host"

say "build two images and a chart, without docker and without helm"
for name in api web; do
  run image append --layer "$pytoya/images/$name" --entrypoint "/bin/$name" \
    --label org.opencontainers.image.source=https://github.com/tugoci/tug "oci:$work/$name:1.0"
done
run chart package "$pytoya/helm/pytoya" --destination "$work/build"
chart=$(echo "$work"/build/pytoya-*.tgz)

say "publish all of it in one step; again, everything is in place"
for attempt in first second; do
  [ "$attempt" = first ] || echo
  run publish --registry "$host" --owner acme --tag 1.0 --chart "$chart" \
    --image "api=oci:$work/api" --image "web=oci:$work/web"
done

say "pull it back"
run chart versions "oci://$host/acme/charts/pytoya"
run chart pull "oci://$host/acme/charts/pytoya" --destination "$work/pulled"
run image pull "$host/acme/pytoya/api:1.0" "oci:$work/pulled-api"

say "compare"
same "the chart" "$(digest "$chart")" "$(digest "$work"/pulled/pytoya-*.tgz)"
same "the image" "$(tug resolve "oci:$work/api")" "$(tug resolve "oci:$work/pulled-api:1.0")"
