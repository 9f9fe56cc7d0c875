#!/bin/sh
# The main job on a registry of its own: publishes a chart and two small images, lists the chart's
# versions, pulls all of it back and compares the digests. Needs the built command, nothing else.
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
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

# What this does must not depend on, nor touch, anybody's own files.
export HOME="$work/home" XDG_CACHE_HOME="$work/cache" DOCKER_CONFIG="$work/docker"
mkdir -p "$HOME"

say() { printf '\n# %s\n' "$*"; }
run() {
  printf '$ tug'
  printf ' %s' "$@" | sed "s|$work/||g; s|$root/||g"
  printf '\n'
  # not through a pipe, which would hide that it failed
  tug "$@" >"$work/said"
  sed "s|$work/||g" "$work/said"
}
tug() { "$root/oci-cli/target/tug/bin/tug" "$@"; }

digest() {
  if command -v sha256sum >/dev/null; then sha256sum "$1"; else shasum -a 256 "$1"; fi | cut -d ' ' -f 1
}

# Moves a file among a layout's blobs; prints its descriptor.
blob() { # layout file mediaType
  hex=$(digest "$2")
  size=$(wc -c <"$2" | tr -d ' ')
  mv "$2" "$1/blobs/sha256/$hex"
  printf '{"mediaType":"%s","digest":"sha256:%s","size":%s}' "$3" "$hex" "$size"
}

# An image of one file, as any builder writes it: an OCI layout.
image() { # layout text
  mkdir -p "$1/blobs/sha256" "$work/root"
  printf '%s\n' "$2" >"$work/root/message.txt"
  tar -C "$work/root" -cf "$work/layer.tar" message.txt
  diff=$(digest "$work/layer.tar")
  gzip -n "$work/layer.tar"
  layer=$(blob "$1" "$work/layer.tar.gz" application/vnd.oci.image.layer.v1.tar+gzip)
  printf '{"architecture":"amd64","os":"linux","rootfs":{"type":"layers","diff_ids":["sha256:%s"]}}' \
    "$diff" >"$work/config.json"
  config=$(blob "$1" "$work/config.json" application/vnd.oci.image.config.v1+json)
  printf '{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":%s,"layers":[%s]}' \
    "$config" "$layer" >"$work/manifest.json"
  manifest=$(blob "$1" "$work/manifest.json" application/vnd.oci.image.manifest.v1+json)
  printf '{"schemaVersion":2,"manifests":[%s]}' "$manifest" >"$1/index.json"
  printf '{"imageLayoutVersion":"1.0.0"}' >"$1/oci-layout"
}

same() { # what one other
  if [ "$2" != "$3" ]; then
    echo "demo: $1 came back as $3, not as $2" >&2
    exit 1
  fi
  echo "$1 came back whole: $3"
}

say "a registry in the background"
tug serve "$work/registry" >"$work/address" &
server=$!
until grep -q ' at http' "$work/address"; do
  kill -0 "$server"
  sleep 0.1
done
host=$(sed 's|.* at http://||' "$work/address")
echo "it listens at $host"

say "publish two images and the chart"
for name in api web; do
  image "$work/$name" "the $name of pytoya"
  run image push "oci:$work/$name" "$host/acme/pytoya/$name:1.0"
done
run chart package "$root/examples/pytoya/helm/pytoya" --destination "$work/build"
run chart push "$work"/build/pytoya-*.tgz "oci://$host/acme/charts"

say "what is there"
run chart versions "oci://$host/acme/charts/pytoya"
run tags "$host/acme/pytoya/api"

say "pull them back, without helm and without docker"
run chart pull "oci://$host/acme/charts/pytoya" --destination "$work/pulled"
run image pull "$host/acme/pytoya/api:1.0" "oci:$work/pulled-api"

say "compare"
same "the chart" "$(digest "$work"/build/pytoya-*.tgz)" "$(digest "$work"/pulled/pytoya-*.tgz)"
same "the image" "$(tug resolve "oci:$work/api")" "$(tug resolve "oci:$work/pulled-api:1.0")"
