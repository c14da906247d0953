#!/bin/sh
# SPDX-FileCopyrightText: Cycast Desktop developers
# SPDX-License-Identifier: GPL-3.0-or-later
# shows.sh FOLDER: what live sources send and nobody expects: a show that changes within, kinds that are no stream of
# ours, sound that has another name than it says, a beginning without end, and one megabyte of tags. Needs ffmpeg.
#
#     curl -u source:PASSPHRASE -H "Content-Type: audio/mpeg" -T FOLDER/rates.mp3 http://HOST:8000/stream
set -eu
folder=$1
mkdir -p "$folder"
cd "$folder"
tone() { # HERTZ SECONDS OPTION... FILE
    hertz=$1 seconds=$2
    shift 2
    ffmpeg -v error -y -f lavfi -i "sine=$hertz:duration=$seconds" "$@"
}
bare="-write_xing 0 -id3v2_version 0"

# Sample rate and channels change within: 44.1 kHz stereo, 48 kHz stereo, 44.1 kHz mono, back again.
tone 500 3 -ar 44100 -ac 2 -b:a 128k $bare part1.mp3
tone 600 3 -ar 48000 -ac 2 -b:a 128k $bare part2.mp3
tone 700 3 -ar 44100 -ac 1 -b:a 64k $bare part3.mp3
cat part1.mp3 part2.mp3 part3.mp3 part1.mp3 > rates.mp3
tone 500 3 -ar 44100 -ac 2 -c:a aac part1.aac
tone 600 3 -ar 48000 -ac 1 -c:a aac part2.aac
cat part1.aac part2.aac part1.aac > rates.aac

# Chains: of one codec with other rates, and of three codecs.
tone 500 3 -ar 44100 -ac 2 -c:a libvorbis part1.ogg
tone 600 3 -ar 48000 -ac 1 -c:a libvorbis part2.ogg
tone 700 3 -ar 48000 -ac 2 -c:a libopus part3.opus
tone 800 3 -ar 44100 -ac 2 -c:a flac -f ogg part4.oga
cat part1.ogg part2.ogg part1.ogg > chain.ogg
cat part1.ogg part3.opus part4.oga > codecs.ogg
rm part?.mp3 part?.aac part?.ogg part?.opus part?.oga

# To be sent as something else than they are.
tone 500 20 -ar 44100 -ac 2 -b:a 128k plain.mp3
tone 500 20 -c:a aac plain.aac
tone 500 20 -c:a libvorbis plain.ogg
tone 500 20 -c:a libopus plain.opus

# Nothing of ours.
for ending in wav flac mka wma ts; do
    tone 500 10 "foreign.$ending"
done
tone 500 10 -movflags frag_keyframe+empty_moov foreign.m4a
tone 500 10 -c:a aac -f latm foreign.latm
tone 500 10 -f s16le foreign.raw

# A megabyte and more in which nothing plays: tags of 1 kB, one after the other.
{
    cat plain.mp3
    i=0
    while [ $i -lt 1100 ]; do
        printf 'ID3\003\000\000\000\000\007\166'
        head -c 1014 /dev/zero | tr '\000' x
        i=$((i + 1))
    done
} > tags.mp3
