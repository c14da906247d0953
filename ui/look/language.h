// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <QTranslator>

namespace cycast
{

/// One of the program's languages. Texts of helper functions stand under the name of their namespace in the
/// catalogue and of their class in the code: it looks under both.
class Catalogue : public QTranslator
{
    Q_OBJECT

public:
    using QTranslator::QTranslator;

    QString translate(const char *context, const char *sourceText, const char *disambiguation = nullptr,
                      int n = -1) const override;
};

/// The language of the window: "" follows the system, "en" is what the code says.
namespace language
{

/// "", "en", "de", "es", "fr"
QStringList codes();
/// In its own language: "Deutsch"; "" is "As the system".
QString name(const QString &code);
/// Which catalogue a choice comes to with a system in `systemLanguages` ("de-AT", "fr"): a code of codes(),
/// never "".
QString resolved(const QString &code, const QStringList &systemLanguages);

/// What was chosen last, kept in a file; and choosing.
QString load(const QString &file);
void save(const QString &file, const QString &code);

/// Installs the catalogue (and Qt's own words, where the system has them) in place of the one before, and
/// the locale of numbers with it. Windows take it when they are made.
void install(const QString &code);
/// In force, after install().
QString current();

} // namespace language

} // namespace cycast
