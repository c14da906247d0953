// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/e2e/sandbox.h"

namespace cycast::test
{

/// What a recording sounds like.
struct Sound {
    double seconds = 0;
    double hertz = 0; ///< of a tone, by its crossings of zero, between the first and the last half second
    bool isTone(int expected, double atLeastSeconds) const
    {
        return seconds >= atLeastSeconds && qAbs(hertz - expected) < 3;
    }
    QByteArray text() const
    {
        return QByteArray::number(seconds) + " s of " + QByteArray::number(hertz) + " Hz";
    }
};

/// Of any file that ffmpeg can read, such as what a player has decoded.
Sound soundOf(const Sandbox &sandbox, const QString &name);

/// The lines in which a program complains about what it decodes.
QByteArray decoderMessages(const QByteArray &output);

} // namespace cycast::test
