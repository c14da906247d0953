// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/announce/ypprotocol.h"
#include "core/base/sentence.h"

#include <optional>

namespace cycast
{

/// Everything that others are to be told, as it is now.
struct Announcements {
    QString updateUrl; ///< with {ip} and {ip6} in it; empty: nobody
    QString ipv4;      ///< what the internet sees; empty: unknown, or none
    QString ipv6;
    QString directory;                ///< address of it
    std::optional<YpStation> listing; ///< nothing: not to be listed now
    Sentence whyNotListed;            ///< empty: because nobody asked for it
    YpMoment moment;
    bool operator==(const Announcements &) const = default;
};

} // namespace cycast
