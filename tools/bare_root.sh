#!/bin/sh
# Does a bare machine run the README's commands? Makes a minimal Debian root, copies a clean clone of this
# checkout into it and runs `sh cmake/bootstrap.sh COMMAND` there. Needs root and mmdebstrap.
#
#   sudo sh tools/bare_root.sh [-d DIR] [-s SUITE] [-k] run|test|install
#
#   -d DIR    where the root is made (default: a new temporary directory)
#   -s SUITE  the release (default: the one of this machine); the mirror is this machine's own
#   -k        keep the root, and use the one in DIR again if it is there
set -eu
project=$(cd "$(dirname "$0")/.." && pwd)
suite=$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release)
directory=""
keep=""
while getopts d:s:k option; do
    case $option in
    d) directory=$OPTARG ;;
    s) suite=$OPTARG ;;
    k) keep=yes ;;
    *) exit 64 ;;
    esac
done
shift $((OPTIND - 1))
command=${1:?which command: run, test or install}
[ -n "$directory" ] || directory=$(mktemp -d)
root=$directory/root
mkdir -p "$directory"

# shellcheck disable=SC2317  # called by the trap
clean_up() {
    for mount in proc sys dev/pts dev; do
        mountpoint -q "$root/$mount" && umount "$root/$mount"
    done
    [ -n "$keep" ] || rm -rf --one-file-system "$directory"
}
trap clean_up EXIT
trap 'exit 130' INT TERM

# This machine's own way to its mirror: the sources, and what apt was told about proxies and certificates.
cat /etc/apt/sources.list /etc/apt/sources.list.d/*.sources /etc/apt/sources.list.d/*.list 2>/dev/null \
    >"$directory/all.sources" || true
sources=$directory/host.sources
if grep -q '^URIs:' "$directory/all.sources"; then
    # one stanza per archive; only those of a Debian-like release with a main component
    awk -v RS='' -v ORS='\n\n' '/Components:.*main/ && !/^# *disabled/' "$directory/all.sources" >"$sources"
else
    grep '^deb ' "$directory/all.sources" >"$sources"
fi
own=$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release)
[ "$suite" = "$own" ] || sed -i "s/\\b$own\\b/$suite/g" "$sources"
apt-config dump | grep -E '^Acquire::(https?|Retries|ForceIPv4)[: ].*"[^"]' >"$directory/acquire.conf" || true

if [ ! -x "$root/usr/bin/apt-get" ]; then
    mmdebstrap --variant=minbase --aptopt="$directory/acquire.conf" "$suite" "$root" "$sources"
fi
for mount in dev dev/pts proc sys; do
    mountpoint -q "$root/$mount" || mount --bind "/$mount" "$root/$mount"
done
cp /etc/resolv.conf "$root/etc/resolv.conf"
cp /etc/hosts "$root/etc/hosts"
rm -rf "$root/work"
git clone -q --no-hardlinks "$project" "$root/work"

packages() { chroot "$root" dpkg-query -W | wc -l; }
printf 'bare root: %s with %s packages, commit %s\n' "$suite" "$(packages)" "$(git -C "$project" rev-parse --short HEAD)"
status=0
env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root TERM=dumb \
    ${http_proxy:+"http_proxy=$http_proxy"} ${https_proxy:+"https_proxy=$https_proxy"} \
    chroot "$root" /bin/sh -c "cd /work && sh cmake/bootstrap.sh $command" || status=$?
printf 'bare root: "bootstrap.sh %s" ended with %s; now %s packages\n' "$command" "$status" "$(packages)"
exit "$status"
