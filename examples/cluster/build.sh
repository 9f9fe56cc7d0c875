#!/bin/sh
# Builds what a Kubernetes cluster without containers is made of from the Go module proxy, each
# program once: etcd, the control plane, K3s' helm-controller, helm 3 and 4, and kubectl of four minor
# versions. Some ten minutes on two cores.
#
#   build.sh [DIR]     where programs go (default: target/bin beside this script); what is there,
#                      or on the PATH in a version that will do, isn't built
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
bin=${1:-$here/target/bin}
mkdir -p "$bin"
bin=$(CDPATH='' cd -- "$bin" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
export GOWORK=off GOFLAGS=-mod=mod GOBIN="$bin" CGO_ENABLED=0

kubernetes=1.37.2
staging='api apiextensions-apiserver apimachinery apiserver cli-runtime client-go cloud-provider
  cluster-bootstrap code-generator component-base component-helpers controller-manager cri-api
  cri-client cri-streaming csi-translation-lib dynamic-resource-allocation endpointslice externaljwt
  kms kube-aggregator kube-controller-manager kube-proxy kube-scheduler kubectl kubelet
  metrics mount-utils pod-security-admission sample-apiserver streaming'

have() { [ -x "$bin/$1" ]; }
say() { printf '%s %s\n' "$(date +%H:%M:%S)" "$*" >&2; }

# A module of its own that requires what is to be built: it needs no source tree of anybody's.
module() { # name
  mkdir -p "$work/$1"
  cd "$work/$1"
  rm -f go.mod go.sum
  go mod init "example.com/$1" 2> "$work/log"
}

# Kubernetes' own modules stand at v0.0.0 in its go.mod, as its repository replaces them.
require_staging() { # version without "1."
  for name in $staging; do
    if go list -m "k8s.io/$name@v0.$1" > /dev/null 2>&1; then
      go mod edit -require="k8s.io/$name@v0.$1"
    fi
  done
}

stamp() { # version: who asks the server for a version doesn't like 0.0.0
  printf '%s' "-s -w -X k8s.io/component-base/version.gitVersion=v$1 \
-X k8s.io/component-base/version.gitMajor=1 \
-X k8s.io/component-base/version.gitMinor=$(echo "$1" | cut -d. -f2)"
}

build_control_plane() {
  for program in kube-apiserver kube-controller-manager kube-scheduler; do
    have "$program" && continue
    if [ ! -d "$work/kubernetes" ]; then
      module kubernetes
      go mod edit -require="k8s.io/kubernetes@v$kubernetes"
      require_staging "${kubernetes#1.}"
    fi
    cd "$work/kubernetes"
    say "building $program $kubernetes"
    go build -trimpath -ldflags "$(stamp "$kubernetes")" -o "$bin/$program" \
      "k8s.io/kubernetes/cmd/$program"
  done
}

# kubectl is a library, which is far smaller than the module that its program is in.
build_kubectl() { # version
  have "kubectl-${1%.*}" && return
  say "building kubectl $1"
  module "kubectl-$1"
  go mod edit -require="k8s.io/kubectl@v0.${1#1.}"
  cat > main.go <<'GO'
package main

import (
	"k8s.io/component-base/cli"
	_ "k8s.io/client-go/plugin/pkg/client/auth"
	"k8s.io/kubectl/pkg/cmd"
	"k8s.io/kubectl/pkg/cmd/util"
)

func main() {
	if err := cli.RunNoErrOutput(cmd.NewDefaultKubectlCommand()); err != nil {
		util.CheckErr(err)
	}
}
GO
  go build -trimpath -ldflags "$(stamp "$1")" -o "$bin/kubectl-${1%.*}" .
}

build_etcd() {
  have etcd && return
  say "building etcd"
  module etcd
  go mod edit -require=go.etcd.io/etcd/server/v3@v3.7.2
  cat > main.go <<'GO'
package main

import (
	"os"

	"go.etcd.io/etcd/server/v3/etcdmain"
)

func main() { etcdmain.Main(os.Args) }
GO
  go build -trimpath -ldflags "-s -w" -o "$bin/etcd" .
}

from_module() { # name module version package
  have "$1" && return
  say "building $1 $3"
  module "$1"
  go mod edit -require="$2@$3"
  go build -trimpath -ldflags "-s -w" -o "$bin/$1" "$2$4"
}

# What a module replaces counts only where it is the main one: such a program is built in a copy.
from_copy() { # name module version package
  have "$1" && return
  say "building $1 $3"
  module "$1"
  folder=$(go mod download -json "$2@$3" | sed -n 's/^.*"Dir": "\(.*\)".*$/\1/p')
  cp -R "$folder" "$work/$1/copy"
  chmod -R u+w "$work/$1/copy"
  cd "$work/$1/copy"
  go build -trimpath -ldflags "-s -w" -o "$bin/$1" ".$4"
}

if command -v etcd > /dev/null; then have etcd || ln -s "$(command -v etcd)" "$bin/etcd"; else build_etcd; fi
from_copy helm-controller github.com/k3s-io/helm-controller v0.17.9 ""
build_kubectl 1.37.2
build_control_plane
from_module helm3 helm.sh/helm/v3 v3.22.0 /cmd/helm
from_module helm4 helm.sh/helm/v4 v4.3.0 /cmd/helm
build_kubectl 1.36.6
build_kubectl 1.35.9
build_kubectl 1.34.13
say "everything is in $bin"
