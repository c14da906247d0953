// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/sentence.h"

#include <QByteArrayView>
#include <QString>

namespace cycast
{

/// What somebody sent who did not manage a request, in words that harm nobody: no control characters, and
/// nothing that may be a password.
struct UnreadableHead {
    QString program; ///< its User-Agent; empty: it did not come to that
    QString request; ///< "GET /stream", "RTMP", "12 bytes beginning with 05 01 00 02"
    Sentence cure;   ///< what the owner of the program can do
};

/// Pure; takes any bytes.
UnreadableHead describeUnreadableHead(QByteArrayView head);

} // namespace cycast
