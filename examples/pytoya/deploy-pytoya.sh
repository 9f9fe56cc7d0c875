#!/usr/bin/env bash
# The runner's side of the deployment: gets a signal, and hands it to "tug deploy", which checks it
# against the runner's policy. Copy it to the runner, for instance to ~/deploy-pytoya.sh.
#
# Environment:
#   PYTOYA_POLICY    the policy (default: pytoya.policy.yaml or policy.yaml beside this script, or
#                    pytoya.policy.yaml at home)
#   TUG              the command (default: tug)
#   DEPLOY_TIMEOUT   how long it may take, such as 10m; as far as the policy allows it
#   DEPLOY_ATOMIC    1: roll a failed upgrade back; as far as the policy allows it
#   KUBECONFIG       reaches kubectl or helm as it is
set -euo pipefail

usage() {
  cat <<'EOF'
Usage:
  deploy-pytoya.sh --chart oci://ghcr.io/<ORG>/charts/pytoya --chart-version <version> \
    --images '{"api":"ghcr.io/<ORG>/pytoya/api:<tag>","web":"ghcr.io/<ORG>/pytoya/web:<tag>"}'
EOF
}

refuse() {
  printf 'error: %s\n' "$1" >&2
  usage >&2
  exit 2
}

chart='' version='' images=''
while [ $# -gt 0 ]; do
  case $1 in
    --chart | --chart-version | --images)
      [ $# -ge 2 ] || refuse "missing value for $1"
      case $1 in
        --chart) chart=$2 ;;
        --chart-version) version=$2 ;;
        --images) images=$2 ;;
      esac
      shift 2
      ;;
    -h | --help)
      usage
      exit 0
      ;;
    *) refuse "unknown argument: $1" ;;
  esac
done

[ -n "$chart" ] || refuse "missing --chart"
[ -n "$version" ] || refuse "missing --chart-version"
[ -n "$images" ] || refuse "missing --images"
[[ $chart == oci://ghcr.io/* ]] || refuse "GHCR-only: --chart must begin with oci://ghcr.io/"

here=$(CDPATH='' cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
policy=${PYTOYA_POLICY:-}
if [ -z "$policy" ]; then
  for policy in "$here/pytoya.policy.yaml" "$here/policy.yaml" "${HOME:-}/pytoya.policy.yaml"; do
    [ ! -f "$policy" ] || break
  done
fi
if [ ! -f "$policy" ]; then
  printf 'error: no policy at %s\n' "$policy" >&2
  exit 1
fi

more=()
[ -z "${DEPLOY_TIMEOUT:-}" ] || more+=("--deploy-timeout=$DEPLOY_TIMEOUT")
[ "${DEPLOY_ATOMIC:-0}" != 1 ] || more+=(--atomic)

exec "${TUG:-tug}" deploy "--chart=$chart" "--chart-version=$version" "--images=$images" \
  "--policy=$policy" ${more[@]+"${more[@]}"}
