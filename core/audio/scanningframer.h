// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audio/framing.h"

namespace cycast
{

/// What the framers have in common: bytes that cannot be decided on wait for more, everything else is read
/// where it stands. A format says how far it can decide (next()).
class ScanningFramer : public Framer
{
public:
    void feed(QByteArrayView bytes, FrameBatch &out) final;
    void finish(FrameBatch &out) final;
    StreamFormat format() const final { return m_format; }
    qint64 skippedBytes() const final { return m_skippedBytes; }

protected:
    /// Decides on what `rest`, never empty, begins with; how long that is (a tag may be longer than `rest`),
    /// 0: cannot tell yet. `atEnd`: nothing follows `rest`, so 0 leaves it undecided for good.
    virtual qint64 next(QByteArrayView rest, FrameBatch &out, bool atEnd) = 0;
    /// The input has ended; what comes is the beginning of another one.
    virtual void forget() = 0;

    /// Counts the first byte of `rest` and all up to the next one out of `starts` as skipped.
    qint64 skipTo(QByteArrayView starts, QByteArrayView rest);
    /// Counts them as skipped.
    qint64 skip(qint64 bytes);

    StreamFormat m_format;

private:
    /// Decides on as much of `bytes` as it can and says how much that was.
    qsizetype scan(QByteArrayView bytes, FrameBatch &out, bool atEnd);

    QByteArray m_pending; ///< not yet decided
    qint64 m_toSkip = 0;  ///< rest of a tag whose length is known
    qint64 m_skippedBytes = 0;
};

} // namespace cycast
