// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

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
    bool isPublic = false; ///< a public directory lists it
    /// For directories that look at the stream itself (stream-meta.info, version 2).
    enum class Index : quint8 { Unsaid, Listed, Hidden };
    Index index = Index::Unsaid;
    QString logo;          ///< address of a picture; empty: none, as of the next ones
    QString country;       ///< "DE", or with its part "DE-HH"
    QStringList languages; ///< "de", "en"
    QString location;      ///< latitude and longitude, without a space: "53.55,9.99"
    QByteArray mainUrl;    ///< of the stream, from everywhere
    int icyMetaint = 0;    ///< audio bytes between two titles; 0: the listener did not ask for titles
};

/// Status line, headers and the empty line. As Icecast does it, because old and hardware players know nothing
/// else: HTTP/1.0, the end of the stream is the end of the connection (no length, not chunked), no ranges.
QByteArray streamResponseHead(const StreamHeadOptions &options);

} // namespace cycast
