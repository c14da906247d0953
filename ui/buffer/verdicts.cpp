// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/buffer/verdicts.h"

#include <QCoreApplication>

namespace cycast
{

namespace
{
Tone toneOf(Severity severity)
{
    switch (severity) {
    case Severity::Good:
        return Tone::Good;
    case Severity::Warning:
        return Tone::Warning;
    case Severity::Critical:
        return Tone::Critical;
    case Severity::Fair:
    case Severity::Neutral:
        break;
    }
    return Tone::Neutral;
}
} // namespace

ShownVerdict shown(const Verdict &verdict)
{
    const QString word = QCoreApplication::translate("Health", verdict.word);
    return {toneOf(verdict.severity), word.left(1).toUpper() + word.mid(1), word,
            QCoreApplication::translate("Health", verdict.sentence)};
}

} // namespace cycast
