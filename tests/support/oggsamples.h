// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>

namespace cycast::test
{

/// One page, checksum and all. `packets` are whole ones; their lacing must fit into one page.
struct OggPageParts {
    quint32 serial = 1;
    quint32 sequence = 0;
    qint64 granule = 0;
    int flags = 0; ///< 1 continued, 2 begins, 4 ends the stream
    QList<QByteArray> packets = {};
    bool lastPacketGoesOn = false; ///< the last packet has a multiple of 255 bytes and no end on this page
};
QByteArray oggPage(const OggPageParts &parts);
/// With its checksum put right again after a change.
QByteArray withChecksum(QByteArray page);

/// Header pages as encoders write them: one with the beginning, one with the rest.
QByteArray vorbisHeader(quint32 serial, const QByteArray &artist, const QByteArray &title);
QByteArray opusHeader(quint32 serial, const QByteArray &artist, const QByteArray &title);
QByteArray flacHeader(quint32 serial, const QByteArray &artist, const QByteArray &title);

/// A page of `packets` Opus packets of 20 ms that say who they are; ends at granule 312 + the time so far.
QByteArray opusPage(quint32 serial, quint32 number, int packets = 5, int flags = 0);
/// Headers and `pages` of a tenth of a second each.
QByteArray opusStream(quint32 serial, int pages, const QByteArray &title = "One", bool ends = false);

/// An ADTS frame of AAC-LC, 44.1 kHz, stereo; `size` with the header, stamped with `number`.
QByteArray adtsFrame(int number, int size = 371, int rateIndex = 4, int blocks = 1);
QByteArray adtsFrames(int count, int first = 0);

} // namespace cycast::test
