// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHash>

#include <optional>

namespace cycast
{

/// APEv1/v2 tags at the end of MP3 files, which libavformat does not read there. Pure functions.
struct ApeFooter {
    qint64 itemsAt = 0; ///< offset of the items in the file
    qint64 itemBytes = 0;
};

/// The last bytes an ApeFooter may lie in: an ID3v1 tag can follow it.
inline constexpr qint64 apeTailBytes = 32 + 128;

/// `tail`: the last apeTailBytes of a file of `fileSize` bytes (all of it when it is shorter).
std::optional<ApeFooter> findApeFooter(QByteArrayView tail, qint64 fileSize);

/// Text items as they stand there, keys in lower case. Stops at what is broken; binary items are left out.
QHash<QByteArray, QByteArray> parseApeItems(QByteArrayView items);

} // namespace cycast
