// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QRandomGenerator>

namespace cycast::test
{

/// `bytes` with one to `most` random changes: a byte replaced, flipped or put in, a piece left out, repeated
/// or cut off behind. With the same generator the same again, so that a failure can be repeated.
inline QByteArray mutated(QByteArray bytes, QRandomGenerator &random, int most = 4)
{
    for (int change = random.bounded(1, most + 1); change > 0 && !bytes.isEmpty(); --change) {
        const qsizetype at = random.bounded(static_cast<int>(bytes.size()));
        switch (random.bounded(6)) {
        case 0:
            bytes[at] = static_cast<char>(random.bounded(256));
            break;
        case 1:
            bytes[at] = static_cast<char>(bytes[at] ^ (1 << random.bounded(8)));
            break;
        case 2:
            bytes.insert(at, static_cast<char>(random.bounded(256)));
            break;
        case 3:
            bytes.remove(at, random.bounded(1, 40));
            break;
        case 4:
            bytes.insert(at, bytes.mid(random.bounded(static_cast<int>(bytes.size())), random.bounded(80)));
            break;
        default:
            if (random.bounded(4) == 0)
                bytes.truncate(at);
        }
    }
    return bytes;
}

} // namespace cycast::test
