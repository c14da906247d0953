// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QDateTime>

namespace cycast
{

/// Names of recordings. Pure.

/// Any text as one part of a path on every system: no separators, no control characters, nothing that
/// Windows refuses, no dot or space at its ends, at most 120 bytes of UTF-8. Never empty.
QString safeFileName(const QString &text);

/// "2026-11-22 20.15.03 Harbour Radio": sorts by time, no colons.
QString recordingName(const QDateTime &when, const QString &words);

/// ".mp3" for "audio/mpeg", ".aac", ".ogg", ".opus"; ".audio" for what is not known.
QString endingFor(QByteArrayView contentType);

} // namespace cycast
