# SPDX-FileCopyrightText: Cycast Desktop developers
# SPDX-License-Identifier: GPL-3.0-or-later
# Read by ./run, ./check and .ci/run: what the machine needs, and how to get it there.

build_packages="g++ cmake ninja-build pkg-config
    qt6-base-dev qt6-charts-dev qt6-multimedia-dev qt6-l10n-tools qt6-tools-dev qt6-tools-dev-tools
    libqt6opengl6-dev libgl-dev libopengl-dev libxkbcommon-dev
    libqrencode-dev libexpected-dev libssl-dev libsystemd-dev zlib1g-dev libminiupnpc-dev
    libavformat-dev libavcodec-dev libavutil-dev libswresample-dev libebur128-dev"
desktop_packages="libqt6svg6 fonts-dejavu-core qt6-translations-l10n"
quick_packages="clang-format fonts-liberation"
test_packages="clang-tidy curl dbus openssl pulseaudio pulseaudio-utils xvfb zbar-tools
    ffmpeg flac lame opus-tools vorbis-tools"
# What people broadcast and listen with.
test_packages="$test_packages butt chromium chromium-driver ezstream icecast2 liquidsoap mpd mpg123 mpv nginx-light pebble libnss3-tools
    streamripper vlc-bin vlc-plugin-base vlc-plugin-access-extra
    gstreamer1.0-tools gstreamer1.0-plugins-base gstreamer1.0-plugins-good gstreamer1.0-plugins-ugly"

# Routers, to be reached through: tests/e2e/reach.
test_packages="$test_packages iproute2 miniupnpd-nftables nftables procps python3 util-linux"

# For the pictures of ./check --screenshots: a screen, and those who listen to the real program.
picture_packages="xvfb xdotool imagemagick iproute2 curl ffmpeg mpg123 mpv"

# Those of the named packages that are missing here.
missing_packages() {
    local package
    for package in $*; do
        dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || echo "$package"
    done
}

# Installs those of the named packages that are missing.
need_packages() {
    if ! command -v dpkg-query >/dev/null; then
        echo "This is not a Debian or Ubuntu machine. If something is missing below, install what your system"
        echo "calls these packages:" $*
        return 0
    fi
    local missing
    missing=$(missing_packages $* | paste -sd ' ')
    [ -n "$missing" ] || return 0
    echo "Installing: $missing"
    local as_root=""
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || { echo "Please install as root: apt-get install $missing" >&2; return 1; }
        as_root=sudo
    fi
    # The servers among the test programs must not start by themselves.
    local install="env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 LC_ALL=C.UTF-8 apt-get install -y --no-install-recommends"
    # Half of the time it would wait for the disk after each file.
    [ "${packages_in_haste:-no}" = no ] || install="$install -o Dpkg::Options::=--force-unsafe-io"
    $as_root $install $missing </dev/null >/dev/null 2>&1 && return 0
    $as_root apt-get update -q
    $as_root $install $missing </dev/null && return 0
    local package none=""
    for package in $missing; do
        $as_root $install --simulate "$package" </dev/null >/dev/null 2>&1 || none="$none $package"
    done
    echo "Not installed:${none:- $missing}. apt-get says above why; without them this cannot go on." >&2
    return 1
}

# need_packages_meanwhile NOW LATER: installs the packages in NOW, and starts to install those in LATER;
# packages_are_there waits for them.
later_packages_pid=
need_packages_meanwhile() {
    if ! command -v dpkg-query >/dev/null || { [ "$(id -u)" -ne 0 ] && ! command -v sudo >/dev/null; }; then
        need_packages $1 $2 # says all at once what somebody has to do
        return
    fi
    need_packages $1
    [ -n "$(missing_packages $2)" ] || return 0
    [ "$(id -u)" -eq 0 ] || sudo -v # asks now for what it needs then
    mkdir -p build
    need_packages $2 >build/packages.log 2>&1 &
    later_packages_pid=$!
}
packages_are_there() {
    [ -n "$later_packages_pid" ] || return 0
    local result=0
    wait "$later_packages_pid" || result=$?
    [ $result -eq 0 ] || cat build/packages.log >&2
    return $result
}

# configure PRESET [cmake options]. Eight files at a time (a "unity" build), which takes a third of the time.
configure() {
    local preset=$1
    shift
    set -- --preset "$preset" -DCMAKE_UNITY_BUILD=ON -DCMAKE_UNITY_BUILD_BATCH_SIZE=8 "$@"
    cmake "$@" >/dev/null || cmake "$@"
}

# build PRESET [cmake options]: everything, or what build_target names.
build() {
    configure "$@"
    cmake --build --preset "$1" ${build_target:+--target $build_target}
}
