// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/sentence.h"

#include <QDateTime>
#include <QMetaType>
#include <QString>

namespace cycast
{

/// How it stands with the certificate that the station gets by itself.
struct HttpsStatus {
    enum class State : quint8 {
        Off,     ///< nobody asked for one, or it cannot be asked for: `words`
        Working, ///< one is being got
        InForce, ///< there is one, valid until `validUntil`
        Failed   ///< there is none, or none that is fresh enough: `words` say why and what to do
    };
    State state = State::Off;
    Sentence words;        ///< what is being done, or what went wrong with its cure; empty: nothing to say
    QString detail;        ///< the authority's own words about a failure (data)
    QString name;          ///< what the certificate is for: a host name or an address
    QDateTime validUntil;  ///< invalid: there is none
    QDateTime nextAttempt; ///< of a renewal, or after a failure; invalid: none is due
    bool operator==(const HttpsStatus &) const = default;
};

} // namespace cycast

Q_DECLARE_METATYPE(cycast::HttpsStatus)
