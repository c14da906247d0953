// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QFont>
#include <QGuiApplication>
#include <QObject>
#include <QPalette>

class QApplication;
class QLabel;
class QWidget;

namespace cycast
{

/// What a colour says. Never the only sign: a word stands beside it.
enum class Tone : quint8 { Neutral, Accent, Good, Warning, Critical, Plain };

/// Colours that mean something, for the light and the dark variant. Whoever caches one (charts) takes it
/// again in changeEvent(QEvent::PaletteChange). All text colours reach 4.5:1 on window and card.
namespace theme
{

bool isDark(const QPalette &palette = QGuiApplication::palette());

QColor text(const QPalette &palette = QGuiApplication::palette());
QColor mutedText(const QPalette &palette = QGuiApplication::palette());
QColor accent(const QPalette &palette = QGuiApplication::palette());
QColor good(const QPalette &palette = QGuiApplication::palette());
QColor warning(const QPalette &palette = QGuiApplication::palette());
QColor critical(const QPalette &palette = QGuiApplication::palette());
/// The ground of the ON AIR button; white text on it reaches 4.5:1.
QColor onAir(const QPalette &palette = QGuiApplication::palette());

QColor window(const QPalette &palette = QGuiApplication::palette());
QColor card(const QPalette &palette = QGuiApplication::palette());
QColor border(const QPalette &palette = QGuiApplication::palette());
/// Lines of charts and tables, the empty part of a progress bar.
QColor grid(const QPalette &palette = QGuiApplication::palette());

/// Text colour of a tone, and the quiet ground for a chip in that tone (4.5:1 with it).
QColor color(Tone tone, const QPalette &palette = QGuiApplication::palette());
QColor ground(Tone tone, const QPalette &palette = QGuiApplication::palette());

/// WCAG 2 contrast of two opaque colours, 1 to 21.
double contrast(const QColor &one, const QColor &other);

QPalette palette(bool dark);
QString styleSheet(bool dark);

/// A rounded chip ("Healthy") in a tone; call again to change the tone.
void setChip(QLabel *label, Tone tone);
/// Text in the colour of a tone; Neutral is muted text, Plain the usual one. Call again to change.
void setTone(QWidget *widget, Tone tone);
/// A property that the style sheet looks at ("boxed", "air", ...), with the polish that makes it seen.
void setLook(QWidget *widget, const char *property, const QString &value);
/// `base` times `factor`, in points or pixels as the base has it.
QFont scaled(const QFont &base, double factor, bool bold = false);

} // namespace theme

/// Puts Fusion, palette and style sheet on the application and keeps following the system between light
/// and dark. CYCAST_THEME=light or dark in the environment holds one of them. Made once, owned by the
/// application, lives in the GUI thread.
class ThemeKeeper : public QObject
{
    Q_OBJECT

public:
    static void install(QApplication &application);

    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    explicit ThemeKeeper(QApplication &application);
    bool systemIsDark();
    void apply();

    bool m_isApplying = false;
    bool m_isScheduled = false;
    bool m_isDark = false;
    bool m_wasApplied = false;
};

} // namespace cycast
