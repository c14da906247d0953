// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace cycast
{

/// What an ID3v2 tag at the beginning of a file says, in UTF-8. For what libavformat refuses: UTF-16 without
/// a byte order mark, which several taggers write; which order it is shows itself in the letters.
struct Id3Texts {
    QByteArray title;
    QByteArray artist;
    QByteArray albumArtist;
    QByteArray album;
};

/// `start`: the file from its first byte on, as much of it as there is at hand. Pure; whatever is broken ends
/// the reading.
Id3Texts readId3Texts(QByteArrayView start);

/// How many bytes the tag has with its header; 0: there is none.
qint64 id3TagBytes(QByteArrayView start);

} // namespace cycast
