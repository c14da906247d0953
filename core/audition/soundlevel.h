// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace cycast
{

/// Loudness of decoded sound: RMS over windows of a tenth of a second, all channels together, in dBFS (a
/// full-scale square wave is 0). Keeps the loudest window since it was last asked.
class SoundLevel
{
public:
    static constexpr double floorDb = -120.0;

    /// `count` samples of one channel or interleaved ones, -1 to 1, of which `perSecond` make a second.
    void add(const float *samples, qsizetype count, qint64 perSecond);
    /// The loudest since the last call, and starts anew; an unfinished window counts.
    double takeLoudest();

private:
    void closeWindow();

    double m_squares = 0.0;
    qint64 m_count = 0;
    double m_loudest = 0.0; ///< mean square
};

} // namespace cycast
