#!/usr/bin/env bash
# Puts pia-check into a folder: the release of a version, its sum verified, or
# with the version "source" what is built of the folder above.
#
#   install.sh VERSION FOLDER
#   PIA_RELEASES  where releases are downloaded from
set -euo pipefail

version=$1 folder=$2
here=$(cd "$(dirname "$0")/.." && pwd)
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)

if [[ $version == source ]]; then
	cd "$here"
	CGO_ENABLED=0 go build -trimpath -ldflags "-s -w" -o "$folder/" ./cmd/pia-check
	exit
fi

system=$(uname -s | tr '[:upper:]' '[:lower:]')
case $system in
mingw* | msys* | cygwin*) system=windows ;;
esac
case $(uname -m) in
x86_64 | amd64) machine=amd64 ;;
aarch64 | arm64) machine=arm64 ;;
*)
	echo "install.sh: no release for $(uname -m); use the version \"source\"" >&2
	exit 2
	;;
esac
archive=pia-check_${version#v}_${system}_$machine
archive+=$([[ $system == windows ]] && echo .zip || echo .tar.gz)
from=${PIA_RELEASES:-https://github.com/pia-check/pia-check/releases/download}/$version
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"
for file in "$archive" checksums.txt; do
	curl --silent --show-error --fail --location --retry 2 --output "$file" "$from/$file"
done
# The line of this archive, and no other: sha256sum passes over what it isn't given.
grep -F "  $archive" checksums.txt >sum.txt || {
	echo "install.sh: checksums.txt of $version doesn't name $archive" >&2
	exit 2
}
sha256sum --check --strict --quiet sum.txt
if [[ $archive == *.zip ]]; then unzip -q "$archive"; else tar -xzf "$archive"; fi
cp pia-check* "$folder/" 2>/dev/null || cp ./*/pia-check* "$folder/"
