// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QString>

namespace cycast
{

/// Who may not listen. All parts that are given must match.
struct Ban {
    QString address; ///< "192.0.2.7", or a subnet "192.0.2.0/24"; empty: any
    QString player;  ///< part of the User-Agent, case does not matter; empty: any
    QDateTime until; ///< not valid: for good
    QString note;
    bool operator==(const Ban &) const = default;
};

} // namespace cycast
