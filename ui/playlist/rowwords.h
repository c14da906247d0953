// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/advice/attention.h"
#include "core/advice/delivery.h"
#include "core/values/playlistentry.h"

/// What the playlist says about a row, in the user's language (context "RowWords"). Pure.
namespace cycast
{

/// A word or two for a reason: "Missing", "Silent end".
QString attentionWord(AttentionKind kind);
/// A sentence for it; what is wrong with a row that cannot be played is the row's own.
QString attentionSentence(AttentionKind kind, const PlaylistEntry &entry);
/// What becomes of the file: "Sent as it is, bit for bit", "Encoded anew: 48 kHz instead of 44.1 kHz".
QString deliverySentence(const Delivery &delivery);

} // namespace cycast
