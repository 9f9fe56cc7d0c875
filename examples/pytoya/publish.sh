#!/bin/sh
# Builds pytoya's images from the files beside this script, without docker, and publishes them with
# the chart in one step. Options go to "tug publish": --dry-run, --registry, --owner, --tag, ...
#
#   TUG          the command (default: tug)
#   CHART_ID     the chart, and the images' folder in the registry (default: pytoya)
#   PYTOYA_BASE  what the images stand on (default: busybox; empty: nothing)
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
tug=${TUG:-tug}
chart=${CHART_ID:-pytoya}
base=${PYTOYA_BASE-docker.io/library/busybox:1.37}
source=${GITHUB_SERVER_URL:-https://github.com}/${GITHUB_REPOSITORY:-tugoci/tug}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

# An image of a folder; GHCR links the package to its repository by the label.
image() { # name
  "$tug" image append ${base:+--base "$base"} --platform linux/amd64 \
    --layer "$here/images/$1" --entrypoint "/bin/$1" --user 65534 \
    --label "org.opencontainers.image.source=$source" \
    "oci:$work/$1" >&2
}

image api
image web
"$tug" publish --repository "$chart" --chart "$here/helm/$chart" \
  --image "api=oci:$work/api" --image "web=oci:$work/web" "$@"
