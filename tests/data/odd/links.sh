#!/bin/sh
# SPDX-FileCopyrightText: Cycast Desktop developers
# SPDX-License-Identifier: GPL-3.0-or-later
# links.sh FOLDER SOUND: FOLDER/music with links of every kind. Nine files in truth, each of them once.
set -eu
folder=$1
sound=$2
put() {
    mkdir -p "$folder/$(dirname "$1")"
    cp "$sound" "$folder/$1"
}
put music/one.mp3
put music/x/two.mp3
put music/.hidden/four.mp3
put musi/five.mp3        # its name begins as that of the folder beside it
put elsewhere/six.mp3
put elsewhere/deep/seven.mp3
put elsewhere/single.mp3
put music/z/eight.mp3
put music/z/nine.mp3
cd "$folder/music"
ln -s .. x/up            # a ring
ln -s ../.. x/out        # all of it, and what is beside it
ln -s . x/here
ln -s ../z x/aside       # met by itself
ln -s ../musi beside
ln -s .hidden shown
ln -s "$folder/elsewhere/deep" outside
ln -s "$folder/elsewhere/deep" outside2
ln -s one.mp3 again.mp3  # a file that is met by itself
ln -s ../elsewhere/single.mp3 linked.mp3
ln -s ../elsewhere/single.mp3 linked2.mp3
ln -s ring1 ring2
ln -s ring2 ring1
ln -s /nowhere/at/all lost
ln -s lost.mp3 lost.mp3
