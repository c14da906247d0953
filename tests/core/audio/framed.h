// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audio/framing.h"

#include <algorithm>

/// What a framer makes of bytes that come in pieces.
namespace cycast::test
{

struct Framed {
    FrameBatch batch;
    qint64 skipped = 0;
    StreamFormat format;
};

/// `pieceBytes` returns how much to feed next.
template<class Framer, class Pieces>
Framed frameInPieces(QByteArrayView input, Pieces pieceBytes)
{
    Framer framer;
    Framed result;
    while (!input.isEmpty()) {
        const qsizetype piece = std::clamp(qsizetype{pieceBytes()}, qsizetype{1}, input.size());
        framer.feed(input.first(piece), result.batch);
        input = input.sliced(piece);
    }
    framer.finish(result.batch);
    result.skipped = framer.skippedBytes();
    result.format = framer.format();
    return result;
}

/// In pieces of one size; 0: all at once.
template<class Framer>
Framed frameWith(QByteArrayView input, qsizetype piece = 0)
{
    return frameInPieces<Framer>(input, [&] { return piece > 0 ? piece : input.size(); });
}

} // namespace cycast::test
