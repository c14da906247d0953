// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/look/sentences.h"

#include <QCoreApplication>

namespace cycast
{

QString said(const Sentence &sentence)
{
    return sentence.worded(
        [](const QByteArray &id) { return QCoreApplication::translate("Core", id.constData()); });
}

QStringList said(const QList<Sentence> &sentences)
{
    QStringList texts;
    for (const Sentence &each : sentences)
        texts.append(said(each));
    return texts;
}

} // namespace cycast
