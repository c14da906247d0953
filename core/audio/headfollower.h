// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace cycast
{

class RingBuffer;

/// Somebody who takes what becomes due of a stream, beside its listeners: a recording, a push to another
/// server, an ear. Told in the ring's thread; keeps its own position, and never holds anybody up.
class HeadFollower
{
public:
    HeadFollower() = default;
    virtual ~HeadFollower() = default;
    Q_DISABLE_COPY_MOVE(HeadFollower)

    /// The head has moved: everything up to it may be taken now.
    virtual void take(const RingBuffer &ring) = 0;
};

} // namespace cycast
