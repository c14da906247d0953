// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace cycast
{

/// An ICY metadata block holds at most 255 units of 16 bytes.
inline constexpr qsizetype maxIcyTextBytes = 255 * 16;

/// A ready block: one length byte N, then N * 16 bytes `StreamTitle='..';StreamUrl='..';` in UTF-8, padded
/// with NUL. The url part is left out when empty, or when it does not fit behind the title (a cut address
/// leads nowhere). Control characters go; the sequence `';` (a quote that would end the field) loses its
/// quote to U+2019, and a leading semicolon gets a blank in front; a title that is too long is cut on a
/// character boundary so that the block stays whole and the closing `';` is always there.
QByteArray icyBlock(const QString &streamTitle, const QString &streamUrl = {});

/// The block that says "nothing new": a single zero byte.
QByteArray emptyIcyBlock();

/// "Artist - Title", or the one that is there.
QString streamTitleOf(const QString &artist, const QString &title);

} // namespace cycast
