#!/bin/sh
# SPDX-FileCopyrightText: Cycast Desktop developers
# SPDX-License-Identifier: GPL-3.0-or-later
# names.sh FOLDER SOUND: names as they come from old disks, archives, Windows and macOS. SOUND is copied under each.
set -eu
folder=$1
sound=$2
put() {
    mkdir -p "$folder/$(dirname "$1")"
    cp "$sound" "$folder/$1"
}
list() { # NAME FORMAT: printf's escapes become bytes
    mkdir -p "$folder/$(dirname "$1")"
    printf "$2" >"$folder/$1"
}

# Latin-1, as unzip and old disks leave it: Björk.mp3, München/Straße.mp3
put "raw/$(printf 'Bj\366rk.mp3')"
put "raw/$(printf 'M\374nchen')/$(printf 'Stra\337e.mp3')"
put "raw/plain.mp3"
list raw/bytes.m3u 'Bj\366rk.mp3\nM\374nchen/Stra\337e.mp3\nplain.mp3\n'
list raw/utf8.m3u8 'Bj\303\266rk.mp3\nM\303\274nchen/Stra\303\237e.mp3\n'
list raw/mixed.m3u8 '#EXTM3U\n#EXTINF:1,D\303\266ner - Bj\303\266rk\nBj\366rk.mp3\n'
list raw/bytes.pls '[playlist]\nFile1=Bj\366rk.mp3\nFile2=M\374nchen/Stra\337e.mp3\nNumberOfEntries=2\n'
list raw/bytes.xspf '<playlist><trackList><track><location>Bj%%F6rk.mp3</location></track><track><location>M%%FCnchen/Stra%%DFe.mp3</location></track></trackList></playlist>'
list raw/bytes.cue 'FILE "Bj\366rk.mp3" MP3\r\n TRACK 01 AUDIO\r\n  INDEX 01 00:00:00\r\n'
list raw/url.m3u 'file://FOLDER/raw/Bj%%F6rk.mp3\n'
sed -i "s|FOLDER|$folder|" "$folder/raw/url.m3u"

# The files composed (NFC), the lists decomposed (NFD), and the other way round: Café/Ångström.mp3
put "$(printf 'nfc/Caf\303\251/\303\205ngstr\303\266m.mp3')"
put "$(printf 'nfd/Cafe\314\201/A\314\212ngstro\314\210m.mp3')"
nfc='Caf\303\251/\303\205ngstr\303\266m.mp3'
nfd='Cafe\314\201/A\314\212ngstro\314\210m.mp3'
lists() { # FOLDER NAME
    list "$1/l.m3u" "#EXTM3U\n$2\n"
    list "$1/l.m3u8" "$2\n"
    list "$1/l.pls" "[playlist]\nFile1=$2\nNumberOfEntries=1\n"
    list "$1/l.xspf" "<?xml version=\"1.0\"?><playlist><trackList><track><location>$2</location></track></trackList></playlist>"
    list "$1/l.cue" "FILE \"$2\" MP3\r\n TRACK 01 AUDIO\r\n  INDEX 01 00:00:00\r\n"
}
lists nfc "$nfd"
lists nfd "$nfc"

# Other capitals and other endings
put "caps/John John/Third.mp3"
put "caps/album.flac"
list caps/dos.m3u 'JOHN JOHN\\third.MP3\r\n'
list caps/drive.m3u 'D:\\Musik\\JOHN JOHN\\third.MP3\r\n'
list caps/slash.m3u 'john john/THIRD.mp3\n'
list caps/both.m3u './john john\\THIRD.mp3\n'
list caps/album.cue 'FILE "album.wav" WAVE\r\n TRACK 01 AUDIO\r\n  INDEX 01 00:00:00\r\n'
list caps/ALBUM.CUE.m3u 'ALBUM.WAV\n'

# Two that fit: nobody can tell
put "two/Song.mp3"
put "two/SONG.mp3"
put "two/album.flac"
put "two/album.ogg"
list two/l.m3u 'song.mp3\nalbum.wav\n'
