// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/sources/djvalues.h"

#include <functional>

namespace cycast
{

class FileWriter;

/// A file that a broadcasting program takes its connection from. It holds the pass phrase: it is made when
/// somebody saves it, and goes nowhere else.
struct DjFile {
    QString name;   ///< as proposed for saving
    QString filter; ///< "Scripts for Linux and macOS (*.sh)", for the dialog
    QByteArray content;
    QString use;            ///< where the DJ puts it, a sentence
    bool isProgram = false; ///< a script: executable for its owner
};

/// The ready files for a program; none for "Another program". The same connection for another system is a
/// second file (a script for Windows). Pure.
QList<DjFile> djFiles(DjProgram program, const DjDoor &door);

/// Writes it readable by its owner alone, on a thread of `files`. `told` gets a sentence when that fails,
/// else an empty text, while `context` lives.
void saveDjFile(const DjFile &file, const QString &path, FileWriter &files, QObject *context,
                const std::function<void(const QString &problem)> &told);

} // namespace cycast
