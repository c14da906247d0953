// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMetaType>
#include <QString>

namespace cycast
{

/// What was found out about the way in from the internet, by whoever looks for it. What the user says himself
/// (server.public_url) goes before it.
struct Outside {
    QString publicUrl; ///< as normalisedPublicUrl() makes it: "http://203.0.113.7:8001"; empty: unknown
    QString ipv4;      ///< what the internet sees of this computer; empty: unknown, or none
    QString ipv6;
    bool isReachable = false; ///< somebody outside can listen at publicUrl, as far as was found out
    bool operator==(const Outside &) const = default;
};

} // namespace cycast

Q_DECLARE_METATYPE(cycast::Outside)
