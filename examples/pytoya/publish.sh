#!/bin/sh
# Builds pytoya's images from the files beside this script, without docker, and publishes them with
# the chart in one step. Options go to "tug publish": --dry-run, --registry, --owner, --tag, ...
#
#   TUG          the command (default: tug)
#   CHART_ID     what the chart is called, and the images' folder in the registry (default: pytoya)
#   SIGNING_KEY  a private key in PEM form, whose password is in COSIGN_PASSWORD: images and chart are
#                signed (default: they aren't)
#   PYTOYA_BASE  what the images stand on (default: busybox; empty: nothing). With --dry-run, a base
#                that can't be read is left out.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
tug=${TUG:-tug}
chart=${CHART_ID:-pytoya}
base=${PYTOYA_BASE-docker.io/library/busybox:1.37}
source=${GITHUB_SERVER_URL:-https://github.com}/${GITHUB_REPOSITORY:-tugoci/tug}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

dry=
for option in "$@"; do
  [ "$option" != --dry-run ] || dry=1
done
if [ -n "$dry" ] && [ -n "$base" ] && ! "$tug" resolve "$base" --retries 0 > "$work/base" 2>&1; then
  echo "publish.sh: $base can't be read, so this dry run's images lack it" >&2
  base=
fi

# The chart is called what its folder in the registry is called.
cp -R "$here/helm/pytoya" "$work/$chart"
sed "s/^name: .*/name: $chart/" "$here/helm/pytoya/Chart.yaml" > "$work/$chart/Chart.yaml"

# An image of a folder; GHCR links the package to its repository by the label.
image() { # name
  "$tug" image append ${base:+--base "$base"} --platform linux/amd64 \
    --layer "$here/images/$1" --entrypoint "/bin/$1" --user 65534 \
    --label "org.opencontainers.image.source=$source" \
    "oci:$work/image-$1" >&2
}

image api
image web
sign=
[ -z "${SIGNING_KEY:-}" ] || sign=--sign-key=env://SIGNING_KEY
"$tug" publish ${sign:+"$sign"} --repository "$chart" --chart "$work/$chart" \
  --image "api=oci:$work/image-api" --image "web=oci:$work/image-web" "$@"
