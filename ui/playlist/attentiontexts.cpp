// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/playlist/attentiontexts.h"

#include <QCoreApplication>

namespace cycast
{

QString attentionCount(AttentionKind kind, const QString &count)
{
    const auto say = [&count](const char *text) {
        return QCoreApplication::translate("Attention", text).arg(count);
    };
    switch (kind) {
    case AttentionKind::Missing:
        return say(QT_TRANSLATE_NOOP("Attention", "%1 missing"));
    case AttentionKind::Unreadable:
        return say(QT_TRANSLATE_NOOP("Attention", "%1 cannot be read"));
    case AttentionKind::Protected:
        return say(QT_TRANSLATE_NOOP("Attention", "%1 copy-protected"));
    case AttentionKind::NoSound:
        return say(QT_TRANSLATE_NOOP("Attention", "%1 without sound"));
    case AttentionKind::NoAnswer:
        return say(QT_TRANSLATE_NOOP("Attention", "%1 without an answer"));
    case AttentionKind::CannotPlay:
        return say(QT_TRANSLATE_NOOP("Attention", "%1 cannot be played"));
    case AttentionKind::TooShort:
        return say(QT_TRANSLATE_NOOP("Attention", "%1 very short"));
    case AttentionKind::SilentEnd:
        return say(QT_TRANSLATE_NOOP("Attention", "%1 with a silent end"));
    case AttentionKind::FarTooLoud:
        return say(QT_TRANSLATE_NOOP("Attention", "%1 far too loud"));
    case AttentionKind::FarTooQuiet:
        return say(QT_TRANSLATE_NOOP("Attention", "%1 far too quiet"));
    }
    return {};
}

} // namespace cycast
