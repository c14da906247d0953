#!/bin/sh
# SPDX-FileCopyrightText: Cycast Desktop developers
# SPDX-License-Identifier: GPL-3.0-or-later
# chains.sh FOLDER: Ogg files of several streams one after the other, as people record them, and files that begin when
# their programme was seven hours old. 440 Hz all along at half of full scale; how long each is in seconds stands before
# its name. Needs ffmpeg.
set -eu
folder=$1
mkdir -p "$folder/parts"
cd "$folder"
tone() { # SECONDS OPTION... FILE
    seconds=$1
    shift
    ffmpeg -v error -y -f lavfi -i "aevalsrc=0.5*sin(2*PI*440*t)|0.5*sin(2*PI*440*t):s=48000:d=$seconds" "$@"
}
tone 3 -ar 44100 -c:a libvorbis -b:a 96k parts/vorbis.ogg
tone 2 -ar 48000 -c:a libvorbis -b:a 96k -serial_offset 7 parts/vorbis48.ogg
tone 2 -ar 48000 -ac 1 -c:a libvorbis parts/mono.ogg
tone 3 -c:a libopus -b:a 96k parts/opus.opus
tone 2 -c:a libopus -b:a 96k -serial_offset 3 parts/opus2.opus
tone 2 -c:a flac -f ogg parts/flac.oga
tone 2 -ar 16000 -ac 1 -c:a libspeex parts/speex.spx
cd parts
cat vorbis.ogg vorbis.ogg vorbis.ogg vorbis.ogg vorbis.ogg > ../15-same.ogg   # one number for all of them
cat vorbis.ogg vorbis48.ogg mono.ogg vorbis.ogg > ../10-rates.ogg
cat vorbis.ogg opus.opus flac.oga > ../8-codecs.ogg
cat flac.oga opus.opus vorbis.ogg > ../8-turned.oga
cat opus.opus opus2.opus opus.opus > ../8-opus.opus
cat opus.opus flac.oga opus2.opus > ../7-mixed.opus
cat vorbis.ogg speex.spx vorbis.ogg > ../8-speech.ogg
cd ..

# More than a megabyte: nobody reads that through to find out.
noise() { # SEED SECONDS FILE
    ffmpeg -v error -y -f lavfi -i "anoisesrc=seed=$1:duration=$2:sample_rate=48000:amplitude=0.3" -ac 2 -c:a flac -f ogg "$3"
}
noise 1 9 parts/long.oga
noise 2 4 parts/long2.oga
cat parts/long.oga parts/long.oga > 18-long.oga
cat parts/long.oga parts/vorbis.ogg parts/long2.oga > 16-long.oga
cat parts/vorbis.ogg parts/long.oga > 12-long.oga
cp parts/long.oga 9-one.oga # that is no chain

# What a recorder cuts out of a programme that has been on the air for hours.
tone 7 -c:a libvorbis -output_ts_offset 25200 7-aged.ogg
tone 7 -c:a libopus -output_ts_offset 25200 7-aged.opus
tone 7 -c:a flac -f ogg -output_ts_offset 25200 7-aged.oga
tone 7 -c:a libopus -output_ts_offset 25200 -f matroska pipe:1 > 7-aged.mka
tone 7 -c:a libopus -output_ts_offset 25200 -f webm pipe:1 > 7-aged.webm
rm -r parts
