// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace cycast
{

/// What a listener is told before the first byte of audio. Texts are cleaned of line breaks and sent as
/// UTF-8.
struct StreamHeadOptions {
    QByteArray contentType = "audio/mpeg";
    QString stationName;
    QString stationDescription;
    QString stationGenre;
    QString stationUrl;
    int bitrateKbps = 0; ///< 0: unknown, like the next two; then no header speaks of it
    int sampleRate = 0;  ///< Hz
    int channels = 0;
    int icyMetaint = 0; ///< audio bytes between two titles; 0: the listener did not ask for titles
};

/// Status line, headers and the empty line. As Icecast does it, because old and hardware players know nothing
/// else: HTTP/1.0, the end of the stream is the end of the connection (no length, not chunked), no ranges.
QByteArray streamResponseHead(const StreamHeadOptions &options);

} // namespace cycast
