// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/sentence.h"
#include <QDateTime>
#include <QMetaType>
#include <QString>

namespace cycast
{

/// Somebody asked to broadcast: who, with what, and what became of it.
struct SourceAttempt {
    enum class Outcome : quint8 {
        Accepted,
        NoPassword, ///< libshout asks without one first: worth a row only when nothing follows
        WrongPassword,
        WrongMount,
        UnsupportedFormat,
        TwoEncodersFight, ///< each throws the other out again and again
        Malformed,
        TlsWithoutCertificate,
        LockedOut ///< too many wrong passwords from this address
    };
    Outcome outcome = Outcome::Accepted;
    QDateTime when;
    QString address;
    QString program;   ///< its User-Agent, "Shoutcast v1 encoder" when it has none
    QString request;   ///< "PUT /stream HTTP/1.1"; never a password
    Sentence sentence; ///< what happened and the cure
    bool operator==(const SourceAttempt &) const = default;
};

} // namespace cycast

Q_DECLARE_METATYPE(cycast::SourceAttempt)
