// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QString>

namespace cycast
{

/// How much of a stream's beginning is worth a look.
inline constexpr qsizetype foreignSoundBytes = 16 * 1024;

/// The name of a kind of sound (or of something else) that programs send by mistake and that is no stream of
/// ours, by its first bytes: "WAV", "FLAC outside of Ogg", "Speex". Empty: it is none of them, or cannot be
/// told yet. Pure.
QString foreignSound(QByteArrayView start);

} // namespace cycast
