// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audition/audition.h"
#include "ui/look/theme.h"

#include <QIcon>
#include <QLabel>

namespace cycast
{

/// What the lamp says about an audition: a word or two, a sentence, and a tone.
struct LampWords {
    Tone tone = Tone::Neutral;
    QString word;     ///< "Heard"; empty when nobody listens
    QString sentence; ///< what it means and what to do
};
LampWords lampWords(const Audition &audition);

/// The lamp under the ON AIR button. Green only while the built-in listener hears the programme; hidden when
/// there is no such listener.
class AirLamp : public QLabel
{
    Q_OBJECT

public:
    explicit AirLamp(QWidget *parent = nullptr);

    void show(const Audition &audition);
    bool isGreen() const { return m_audition.verdict == Audition::Verdict::Hears; }
    /// Something is wrong, or not known yet.
    bool isUnsure() const { return !isGreen() && m_audition.verdict != Audition::Verdict::Off; }

private:
    Audition m_audition;
};

/// A round lamp, lit green, with a rim that is seen on red.
QIcon greenLamp();

} // namespace cycast
