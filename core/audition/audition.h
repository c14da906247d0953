// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMetaType>
#include <QString>

namespace cycast
{

/// What the built-in listener hears of the station: it connects like everybody else and decodes. A value.
struct Audition {
    enum class Verdict : quint8 {
        Off,          ///< off the air, or nobody was told to listen
        Checking,     ///< on the air, not heard yet
        Hears,        ///< sound of the programme that is on: the only state with a green lamp
        Silent,       ///< audio comes, but it is mute
        NothingComes, ///< connected, but no audio comes
        NotConnected, ///< the station's own door does not open
        WrongTitle    ///< sound comes, but the titles sent are not those of what plays
    };
    Verdict verdict = Verdict::Off;
    double levelDb = -120.0; ///< loudest tenth of a second of late, dBFS
    int quietSeconds = 0;    ///< how long nothing has been heard; 0 while something is
    bool alarm = false;      ///< quiet for longer than alarm.silence_seconds
    bool operator==(const Audition &) const = default;
};

} // namespace cycast

Q_DECLARE_METATYPE(cycast::Audition)
