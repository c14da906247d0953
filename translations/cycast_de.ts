<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de">
<context>
    <name>ActionTexts</name>
    <message>
        <source>Add &amp;files…</source>
        <translation>&amp;Dateien hinzufügen …</translation>
    </message>
    <message>
        <source>Add f&amp;older…</source>
        <translation>&amp;Ordner hinzufügen …</translation>
    </message>
    <message>
        <source>Ctrl+Shift+O</source>
        <translation>Ctrl+Shift+O</translation>
    </message>
    <message>
        <source>Open &amp;playlist…</source>
        <translation>&amp;Wiedergabeliste öffnen …</translation>
    </message>
    <message>
        <source>Ctrl+L</source>
        <translation>Ctrl+L</translation>
    </message>
    <message>
        <source>&amp;Save playlist as…</source>
        <translation>Wiedergabeliste &amp;speichern unter …</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>W&amp;iederherstellen</translation>
    </message>
    <message>
        <source>Re&amp;move from playlist</source>
        <translation>Aus der Liste &amp;entfernen</translation>
    </message>
    <message>
        <source>&amp;Play from here</source>
        <translation>Ab &amp;hier spielen</translation>
    </message>
    <message>
        <source>Ctrl+Return</source>
        <translation>Ctrl+Return</translation>
    </message>
    <message>
        <source>Play &amp;next</source>
        <translation>Als &amp;Nächstes spielen</translation>
    </message>
    <message>
        <source>Ctrl+Shift+Return</source>
        <translation>Ctrl+Shift+Return</translation>
    </message>
    <message>
        <source>Select &amp;all</source>
        <translation>&amp;Alles auswählen</translation>
    </message>
    <message>
        <source>Select tracks that need a&amp;ttention</source>
        <translation>&amp;Titel wählen, die Aufmerksamkeit brauchen</translation>
    </message>
    <message>
        <source>Ctrl+Shift+N</source>
        <translation>Ctrl+Shift+N</translation>
    </message>
    <message>
        <source>&amp;Only tracks that need attention</source>
        <translation>Nur Titel, die Aufmerksamkeit &amp;brauchen</translation>
    </message>
    <message>
        <source>Ctrl+Shift+A</source>
        <translation>Ctrl+Shift+A</translation>
    </message>
    <message>
        <source>Show only the tracks that need attention, with the reason</source>
        <translation>Nur die Titel zeigen, die Aufmerksamkeit brauchen, mit dem Grund</translation>
    </message>
    <message>
        <source>&amp;Find in playlist</source>
        <translation>In der Liste &amp;finden</translation>
    </message>
    <message>
        <source>S&amp;huffle</source>
        <translation>&amp;Zufällige Folge</translation>
    </message>
    <message>
        <source>Ctrl+Shift+H</source>
        <translation>Ctrl+Shift+H</translation>
    </message>
    <message>
        <source>Rep&amp;eat the whole list</source>
        <translation>Die &amp;ganze Liste wiederholen</translation>
    </message>
    <message>
        <source>Ctrl+Shift+R</source>
        <translation>Ctrl+Shift+R</translation>
    </message>
    <message>
        <source>Repeat the whole list</source>
        <translation>Die ganze Liste wiederholen</translation>
    </message>
</context>
<context>
    <name>Adviser</name>
    <message>
        <source>The processor is very busy</source>
        <translation>Der Prozessor ist stark ausgelastet</translation>
    </message>
    <message>
        <source>Larger chunks and longer pauses send the same audio in fewer steps. (Smaller chunks, as some advise, would cost more.) The price is delay of live shows.</source>
        <translation>Größere Blöcke und längere Pausen senden denselben Ton in weniger Schritten. (Kleinere Blöcke, wie manche raten, kosten mehr.) Der Preis ist Verzögerung bei Livesendungen.</translation>
    </message>
    <message>
        <source>The settings send in as few steps as they can already. Close other programs, or limit the number of listeners.</source>
        <translation>Mit diesen Einstellungen wird schon in so wenigen Schritten wie möglich gesendet. Schließen Sie andere Programme oder begrenzen Sie die Zahl der Hörer.</translation>
    </message>
    <message>
        <source>Listeners are skipping</source>
        <translation>Bei Hörern gibt es Sprünge</translation>
    </message>
    <message>
        <source>A larger buffer lets a slow listener fall further behind before it has to jump, and shorter pauses serve it sooner. The price is memory and a little CPU.</source>
        <translation>Mit einem größeren Puffer kann ein langsamer Hörer weiter zurückfallen, bevor er springen muss, und kürzere Pausen bedienen ihn eher. Der Preis sind Speicher und etwas Rechenzeit.</translation>
    </message>
    <message>
        <source>The settings give listeners all the room there is. Their lines are too slow for this bitrate.</source>
        <translation>Die Einstellungen geben den Hörern allen Spielraum, den es gibt. Ihre Leitungen sind zu langsam für diese Bitrate.</translation>
    </message>
    <message>
        <source>The buffer is running low</source>
        <translation>Der Puffer geht zur Neige</translation>
    </message>
    <message>
        <source>A larger buffer holds more in reserve while the disk or the live source stalls; above 20 MB it gives live shows a cushion too. The price is memory, and delay of live shows.</source>
        <translation>Ein größerer Puffer hält mehr in Reserve, wenn die Platte oder die Livequelle stockt; über 20 MB gibt er auch Livesendungen ein Polster. Der Preis sind Speicher und Verzögerung bei Livesendungen.</translation>
    </message>
    <message>
        <source>The buffer cannot grow further here. Look at the disk with the music, or at the line of the live source.</source>
        <translation>Der Puffer kann hier nicht weiter wachsen. Sehen Sie nach der Platte mit der Musik oder nach der Leitung der Livequelle.</translation>
    </message>
    <message>
        <source>Many listeners lag at once</source>
        <translation>Viele Hörer hängen gleichzeitig zurück</translation>
    </message>
    <message>
        <source>Larger chunks catch up with fewer sends, and shorter pauses begin sooner. The price is delay of live shows.</source>
        <translation>Größere Blöcke holen mit weniger Sendevorgängen auf, und kürzere Pausen fangen eher damit an. Der Preis ist Verzögerung bei Livesendungen.</translation>
    </message>
    <message>
        <source>The settings serve listeners as fast as they can. When many lag together, your line to the internet is usually full: fewer listeners or a lower bitrate help.</source>
        <translation>Die Einstellungen bedienen die Hörer so schnell es geht. Wenn viele zugleich zurückhängen, ist meist Ihre Internetleitung voll: Weniger Hörer oder eine niedrigere Bitrate helfen.</translation>
    </message>
    <message>
        <source>The delay is long for a live show</source>
        <translation>Die Verzögerung ist lang für eine Livesendung</translation>
    </message>
    <message>
        <source>A smaller cushion and smaller chunks bring listeners closer to you. The price is CPU, and less patience with a source that stalls.</source>
        <translation>Ein kleineres Polster und kleinere Blöcke bringen die Hörer näher an Sie heran. Der Preis sind Rechenzeit und weniger Geduld mit einer Quelle, die stockt.</translation>
    </message>
    <message>
        <source>The settings have the least delay already; what is left is the buffer of each player.</source>
        <translation>Die Einstellungen haben schon die geringste Verzögerung; was bleibt, ist der Puffer jedes Players.</translation>
    </message>
    <message>
        <source>Memory is short</source>
        <translation>Der Speicher ist knapp</translation>
    </message>
    <message>
        <source>A smaller buffer gives memory back. The price is that listeners can pause for less long before they jump.</source>
        <translation>Ein kleinerer Puffer gibt Speicher zurück. Der Preis: Hörer können weniger lange anhalten, bevor sie springen.</translation>
    </message>
    <message>
        <source>The buffer is as small as it is useful already. Close other programs.</source>
        <translation>Der Puffer ist schon so klein, wie es sinnvoll ist. Schließen Sie andere Programme.</translation>
    </message>
    <message>
        <source>So many listen that sending is spread out</source>
        <translation>So viele hören zu, dass das Senden verteilt wird</translation>
    </message>
    <message>
        <source>Sending took more than half of a processor, so the sound gathers a little longer before it goes out, a second at the most. Nobody misses anything, and it ends by itself when the crowd goes. A faster computer, or a relay, gives room for more.</source>
        <translation>Das Senden brauchte mehr als einen halben Prozessor, deshalb sammelt sich der Ton etwas länger, bevor er hinausgeht, höchstens eine Sekunde. Niemand verpasst etwas, und es endet von selbst, wenn der Andrang vorbei ist. Ein schnellerer Computer oder ein Relais schafft Platz für mehr.</translation>
    </message>
</context>
<context>
    <name>AdviserBar</name>
    <message>
        <source>%1 MB</source>
        <translation>%1 MB</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>%1 %2 → ≈ %3</source>
        <translation>%1 %2 → ≈ %3</translation>
    </message>
    <message>
        <source>latency</source>
        <translation>Verzögerung</translation>
    </message>
    <message>
        <source>memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>buffer</source>
        <translation>Puffer</translation>
    </message>
    <message>
        <source>&amp;Apply live</source>
        <translation>&amp;Live anwenden</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>advice</source>
        <translation>Rat</translation>
    </message>
    <message>
        <source>advice taken back</source>
        <translation>Rat zurückgenommen</translation>
    </message>
    <message>
        <source>&amp;Not now</source>
        <translation>&amp;Jetzt nicht</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>&amp;Schließen</translation>
    </message>
    <message>
        <source>Applied. Measuring whether the forecast holds…</source>
        <translation>Angewendet. Es wird gemessen, ob die Vorhersage stimmt …</translation>
    </message>
    <message>
        <source>Advice: %1</source>
        <translation>Rat: %1</translation>
    </message>
    <message>
        <source>%1: %2 → %3</source>
        <translation>%1: %2 → %3</translation>
    </message>
    <message>
        <source>Expected: %1</source>
        <translation>Zu erwarten: %1</translation>
    </message>
    <message>
        <source>The forecast cannot be judged: the listeners have changed meanwhile.</source>
        <translation>Die Vorhersage lässt sich nicht beurteilen: Die Hörer haben inzwischen gewechselt.</translation>
    </message>
    <message>
        <source>The forecast held.</source>
        <translation>Die Vorhersage stimmt.</translation>
    </message>
    <message>
        <source>The forecast did not hold.</source>
        <translation>Die Vorhersage stimmt nicht.</translation>
    </message>
    <message>
        <source>What was measured before no longer shows.</source>
        <translation>Was vorher gemessen wurde, zeigt sich nicht mehr.</translation>
    </message>
    <message>
        <source>What was measured before still shows. Undo it, or wait for the next advice.</source>
        <translation>Was vorher gemessen wurde, zeigt sich noch immer. Machen Sie es rückgängig oder warten Sie auf den nächsten Rat.</translation>
    </message>
    <message>
        <source>latency %1, memory %2, CPU %3</source>
        <translation>Verzögerung %1, Speicher %2, CPU %3</translation>
    </message>
    <message>
        <source>Expected: %1. Measured: %2.</source>
        <translation>Erwartet: %1. Gemessen: %2.</translation>
    </message>
</context>
<context>
    <name>AirLamp</name>
    <message>
        <source>checking…</source>
        <translation>wird geprüft …</translation>
    </message>
    <message>
        <source>On the air. The built-in listener waits for the first sound.</source>
        <translation>Auf Sendung. Der eingebaute Hörer wartet auf den ersten Ton.</translation>
    </message>
    <message>
        <source>● heard</source>
        <translation>● zu hören</translation>
    </message>
    <message>
        <source>The built-in listener hears the programme, through the same port as everybody.</source>
        <translation>Der eingebaute Hörer hört das Programm, durch denselben Port wie alle.</translation>
    </message>
    <message>
        <source>▲ silence: %1</source>
        <translation>▲ Stille: %1</translation>
    </message>
    <message>
        <source>Listeners hear silence. The file may be mute, or the live program&apos;s input.</source>
        <translation>Die Hörer hören Stille. Vielleicht ist die Datei stumm oder der Eingang des Liveprogramms.</translation>
    </message>
    <message>
        <source>▲ no audio: %1</source>
        <translation>▲ kein Ton: %1</translation>
    </message>
    <message>
        <source>Listeners are connected, but no audio comes. Is the live program still sending?</source>
        <translation>Hörer sind verbunden, aber es kommt kein Ton. Sendet das Liveprogramm noch?</translation>
    </message>
    <message>
        <source>▲ not reachable</source>
        <translation>▲ nicht erreichbar</translation>
    </message>
    <message>
        <source>The station does not answer on its own port: nobody can listen.</source>
        <translation>Der Sender antwortet nicht auf seinem eigenen Port: Niemand kann zuhören.</translation>
    </message>
    <message>
        <source>▲ wrong title</source>
        <translation>▲ falscher Titel</translation>
    </message>
    <message>
        <source>Sound comes, but players are told another title than the one that plays.</source>
        <translation>Ton kommt an, aber den Playern wird ein anderer Titel genannt als der, der läuft.</translation>
    </message>
    <message>
        <source>Lamp: %1</source>
        <translation>Lampe: %1</translation>
    </message>
</context>
<context>
    <name>AlarmBell</name>
    <message>
        <source>Your listeners hear nothing</source>
        <translation>Ihre Hörer hören nichts</translation>
    </message>
</context>
<context>
    <name>Attention</name>
    <message>
        <source>%1 missing</source>
        <translation>%1 fehlen</translation>
    </message>
    <message>
        <source>%1 cannot be read</source>
        <translation>%1 nicht lesbar</translation>
    </message>
    <message>
        <source>%1 copy-protected</source>
        <translation>%1 kopiergeschützt</translation>
    </message>
    <message>
        <source>%1 without sound</source>
        <translation>%1 ohne Ton</translation>
    </message>
    <message>
        <source>%1 cannot be played</source>
        <translation>%1 nicht abspielbar</translation>
    </message>
    <message>
        <source>%1 very short</source>
        <translation>%1 sehr kurz</translation>
    </message>
    <message>
        <source>%1 with a silent end</source>
        <translation>%1 mit stillem Ende</translation>
    </message>
    <message>
        <source>%1 far too loud</source>
        <translation>%1 viel zu laut</translation>
    </message>
    <message>
        <source>%1 far too quiet</source>
        <translation>%1 viel zu leise</translation>
    </message>
    <message>
        <source>%1 without an answer</source>
        <translation>%1 ohne Antwort</translation>
    </message>
</context>
<context>
    <name>BanActions</name>
    <message>
        <source>Ban this address…</source>
        <translation>Diese Adresse sperren …</translation>
    </message>
    <message>
        <source>Ban this subnet…</source>
        <translation>Dieses Subnetz sperren …</translation>
    </message>
    <message>
        <source>Ban this player…</source>
        <translation>Diesen Player sperren …</translation>
    </message>
    <message>
        <source>Banned listeners…</source>
        <translation>Gesperrte Hörer …</translation>
    </message>
</context>
<context>
    <name>BanDialog</name>
    <message>
        <source>Ban listeners</source>
        <translation>Hörer sperren</translation>
    </message>
    <message>
        <source>192.0.2.7, or 192.0.2.0/24; empty: everywhere</source>
        <translation>192.0.2.7 oder 192.0.2.0/24; leer: überall</translation>
    </message>
    <message>
        <source>part of the player&apos;s name; empty: every player</source>
        <translation>Teil des Playernamens; leer: jeder Player</translation>
    </message>
    <message>
        <source>for an hour</source>
        <translation>für eine Stunde</translation>
    </message>
    <message>
        <source>for a day</source>
        <translation>für einen Tag</translation>
    </message>
    <message>
        <source>for a week</source>
        <translation>für eine Woche</translation>
    </message>
    <message>
        <source>for good</source>
        <translation>für immer</translation>
    </message>
    <message>
        <source>&amp;Address or subnet</source>
        <translation>&amp;Adresse oder Subnetz</translation>
    </message>
    <message>
        <source>&amp;Player</source>
        <translation>&amp;Player</translation>
    </message>
    <message>
        <source>&amp;How long</source>
        <translation>&amp;Wie lange</translation>
    </message>
    <message>
        <source>&amp;Note for you</source>
        <translation>&amp;Notiz für Sie</translation>
    </message>
    <message>
        <source>Ban</source>
        <translation>Sperren</translation>
    </message>
    <message>
        <source>Give an address or a player: a ban without both would keep everybody out.</source>
        <translation>Geben Sie eine Adresse oder einen Player an: Eine Sperre ohne beides hielte alle fern.</translation>
    </message>
    <message>
        <source>Hits nobody of those who listen now.</source>
        <translation>Trifft niemanden, der jetzt zuhört.</translation>
    </message>
    <message>
        <source>Ends the connection of %1 at once.</source>
        <translation>Beendet sofort die Verbindung: %1.</translation>
    </message>
</context>
<context>
    <name>BanList</name>
    <message>
        <source>The list of bans cannot be read (%1). It was put aside as %2.</source>
        <translation>Die Liste der Sperren lässt sich nicht lesen (%1). Sie wurde als %2 beiseitegelegt.</translation>
    </message>
    <message>
        <source>The list of bans cannot be saved in %1: %2.</source>
        <translation>Die Liste der Sperren lässt sich nicht in %1 speichern: %2.</translation>
    </message>
</context>
<context>
    <name>BanListDialog</name>
    <message>
        <source>&amp;Edit…</source>
        <translation>&amp;Bearbeiten …</translation>
    </message>
    <message>
        <source>&amp;Lift the ban</source>
        <translation>Sperre auf&amp;heben</translation>
    </message>
    <message>
        <source>Banned listeners</source>
        <translation>Gesperrte Hörer</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Wer</translation>
    </message>
    <message>
        <source>How long</source>
        <translation>Wie lange</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>&amp;Add…</source>
        <translation>&amp;Hinzufügen …</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>BroadcastActions</name>
    <message>
        <source>&amp;Skip track</source>
        <translation>Titel überspri&amp;ngen</translation>
    </message>
    <message>
        <source>&amp;Copy link</source>
        <translation>Link &amp;kopieren</translation>
    </message>
    <message>
        <source>S&amp;hare…</source>
        <translation>&amp;Teilen …</translation>
    </message>
    <message>
        <source>&amp;Listen</source>
        <translation>&amp;Anhören</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Ctrl+B</source>
        <translation>Ctrl+B</translation>
    </message>
    <message>
        <source>Ctrl+Right</source>
        <translation>Ctrl+Right</translation>
    </message>
    <message>
        <source>Ctrl+Shift+C</source>
        <translation>Ctrl+Shift+C</translation>
    </message>
    <message>
        <source>Ctrl+Shift+S</source>
        <translation>Ctrl+Shift+S</translation>
    </message>
    <message>
        <source>Ctrl+Shift+L</source>
        <translation>Ctrl+Shift+L</translation>
    </message>
    <message>
        <source>Go &amp;off air</source>
        <translation>Sendung &amp;beenden</translation>
    </message>
    <message>
        <source>Go &amp;on air</source>
        <translation>Auf &amp;Sendung gehen</translation>
    </message>
    <message>
        <source>Skip this track</source>
        <translation>Diesen Titel überspringen</translation>
    </message>
    <message>
        <source>Skips a track while the playlist is on the air</source>
        <translation>Überspringt einen Titel, während die Wiedergabeliste auf Sendung ist</translation>
    </message>
    <message>
        <source>&amp;Record</source>
        <translation>Auf&amp;zeichnen</translation>
    </message>
    <message>
        <source>Ctrl+R</source>
        <translation>Ctrl+R</translation>
    </message>
    <message>
        <source>Record what listeners get, byte for byte</source>
        <translation>Aufzeichnen, was Hörer bekommen, Byte für Byte</translation>
    </message>
    <message>
        <source>Let people o&amp;utside listen…</source>
        <translation>Leute von dra&amp;ußen zuhören lassen…</translation>
    </message>
</context>
<context>
    <name>BufferCard</name>
    <message>
        <source>Buffer health</source>
        <translation>Puffer</translation>
    </message>
    <message>
        <source>Chart of the buffer</source>
        <translation>Diagramm des Puffers</translation>
    </message>
    <message>
        <source>The buffer shows here as soon as you are on the air.</source>
        <translation>Der Puffer erscheint hier, sobald Sie auf Sendung sind.</translation>
    </message>
    <message>
        <source>Fill</source>
        <translation>Füllung</translation>
    </message>
    <message>
        <source>Show the fill of the buffer</source>
        <translation>Füllung des Puffers zeigen</translation>
    </message>
    <message>
        <source>Rate and listeners</source>
        <translation>Rate und Hörer</translation>
    </message>
    <message>
        <source>Show the outgoing rate and the listeners</source>
        <translation>Ausgehende Rate und Hörer zeigen</translation>
    </message>
    <message>
        <source>Delay and CPU</source>
        <translation>Verzögerung und CPU</translation>
    </message>
    <message>
        <source>Show the latency and the processor</source>
        <translation>Verzögerung und Prozessor zeigen</translation>
    </message>
    <message>
        <source>2 min</source>
        <translation>2 min</translation>
    </message>
    <message>
        <source>Show the last 2 minutes</source>
        <translation>Die letzten 2 Minuten zeigen</translation>
    </message>
    <message>
        <source>10 min</source>
        <translation>10 min</translation>
    </message>
    <message>
        <source>Show the last 10 minutes</source>
        <translation>Die letzten 10 Minuten zeigen</translation>
    </message>
    <message>
        <source>1 h</source>
        <translation>1 h</translation>
    </message>
    <message>
        <source>Show the last hour</source>
        <translation>Die letzte Stunde zeigen</translation>
    </message>
    <message>
        <source>24 h</source>
        <translation>24 h</translation>
    </message>
    <message>
        <source>Show the last 24 hours</source>
        <translation>Die letzten 24 Stunden zeigen</translation>
    </message>
    <message>
        <source>Save chart as &amp;table (CSV)…</source>
        <translation>Diagramm als &amp;Tabelle (CSV) speichern …</translation>
    </message>
    <message>
        <source>Save chart as picture</source>
        <translation>Diagramm als Bild speichern</translation>
    </message>
    <message>
        <source>Save chart as table</source>
        <translation>Diagramm als Tabelle speichern</translation>
    </message>
    <message>
        <source>Pictures (*.png)</source>
        <translation>Bilder (*.png)</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>Tabellen (*.csv)</translation>
    </message>
    <message>
        <source>%1 could not be written: %2.</source>
        <translation>%1 konnte nicht geschrieben werden: %2.</translation>
    </message>
    <message>
        <source>The chart could not be saved there.</source>
        <translation>Das Diagramm konnte dort nicht gespeichert werden.</translation>
    </message>
    <message>
        <source>Verdict on the buffer: %1</source>
        <translation>Urteil über den Puffer: %1</translation>
    </message>
    <message>
        <source>%1  ·  %2 of %3 MB  ·  %4 ahead</source>
        <translation>%1  ·  %2 von %3 MB  ·  %4 Vorrat</translation>
    </message>
    <message>
        <source>Off air. The buffer is empty.</source>
        <translation>Nicht auf Sendung. Der Puffer ist leer.</translation>
    </message>
    <message>
        <source>%1 going out to %2.</source>
        <translation>%1 gehen hinaus an %2.</translation>
    </message>
    <message>
        <source>Latency %1, processor %2 of a core.</source>
        <translation>Verzögerung %1, Prozessor %2 eines Kerns.</translation>
    </message>
    <message>
        <source>Buffer %1, %2, %3 ahead, %4 over the last 2 minutes.</source>
        <translation>Puffer %1, %2, %3 Vorrat, %4 über die letzten 2 Minuten.</translation>
    </message>
    <message>
        <source>steady</source>
        <translation>gleichmäßig</translation>
    </message>
    <message>
        <source>swinging by %1 points</source>
        <translation>um %1 Punkte schwankend</translation>
    </message>
    <message>
        <source>Last event, %1 ago: %2</source>
        <translation>Letztes Ereignis, vor %1: %2</translation>
    </message>
    <message>
        <source>Save chart as p&amp;icture…</source>
        <translation>Diagramm als &amp;Bild speichern …</translation>
    </message>
    <message>
        <source>Listeners in this span: %1.</source>
        <translation>Hörer in dieser Spanne: %1.</translation>
    </message>
    <message>
        <source>Gathering %1: many listeners.</source>
        <translation>Gesammelt wird %1: viele Hörer.</translation>
    </message>
</context>
<context>
    <name>BufferChart</name>
    <message>
        <source>%d %%</source>
        <comment>printf format of a percentage</comment>
        <translation>%d %%</translation>
    </message>
    <message>
        <source>%g kB/s</source>
        <comment>printf format of a rate</comment>
        <translation>%g kB/s</translation>
    </message>
    <message>
        <source>%g ms</source>
        <comment>printf format of a delay</comment>
        <translation>%g ms</translation>
    </message>
    <message>
        <source>%g %%</source>
        <comment>printf format of a percentage</comment>
        <translation>%g %%</translation>
    </message>
    <message>
        <source>Outgoing, kB/s</source>
        <translation>Ausgehend, kB/s</translation>
    </message>
    <message>
        <source>Listeners (dashed)</source>
        <translation>Hörer (gestrichelt)</translation>
    </message>
    <message>
        <source>Latency, ms</source>
        <translation>Verzögerung, ms</translation>
    </message>
    <message>
        <source>CPU, % of a core (dashed)</source>
        <translation>CPU, % eines Kerns (gestrichelt)</translation>
    </message>
    <message>
        <source>%d s</source>
        <comment>printf format of seconds</comment>
        <translation>%d s</translation>
    </message>
    <message>
        <source>%d min</source>
        <comment>printf format of minutes</comment>
        <translation>%d min</translation>
    </message>
    <message>
        <source>%d h</source>
        <comment>printf format of hours</comment>
        <translation>%d h</translation>
    </message>
</context>
<context>
    <name>ChartFlags</name>
    <message>
        <source>%1 joined</source>
        <translation>%1 gekommen</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>%1 gegangen</translation>
    </message>
    <message>
        <source>(%1 to %2 ago)</source>
        <translation>(vor %1 bis %2)</translation>
    </message>
</context>
<context>
    <name>ConnectDj</name>
    <message>
        <source>Scripts for Linux and macOS (*.sh)</source>
        <translation>Skripte für Linux und macOS (*.sh)</translation>
    </message>
    <message>
        <source>Start it in a terminal with the music files behind its name.</source>
        <translation>Starten Sie sie in einem Terminal, mit den Musikdateien hinter dem Namen.</translation>
    </message>
    <message>
        <source>Scripts for Windows (*.bat)</source>
        <translation>Skripte für Windows (*.bat)</translation>
    </message>
    <message>
        <source>Drop music files onto it.</source>
        <translation>Ziehen Sie Musikdateien darauf.</translation>
    </message>
    <message>
        <source>Mixxx profiles (*.bcp.xml)</source>
        <translation>Mixxx-Profile (*.bcp.xml)</translation>
    </message>
    <message>
        <source>Put it into the folder broadcast_profiles of Mixxx&apos;s settings folder (on Linux ~/.mixxx) and start Mixxx anew.</source>
        <translation>Legen Sie sie in den Ordner broadcast_profiles im Einstellungsordner von Mixxx (unter Linux ~/.mixxx) und starten Sie Mixxx neu.</translation>
    </message>
    <message>
        <source>BUTT settings (*.buttrc)</source>
        <translation>BUTT-Einstellungen (*.buttrc)</translation>
    </message>
    <message>
        <source>In BUTT: Settings, Main, Import.</source>
        <translation>In BUTT: Settings, Main, Import.</translation>
    </message>
    <message>
        <source>OBS profiles (*.ini)</source>
        <translation>OBS-Profile (*.ini)</translation>
    </message>
    <message>
        <source>Save it into an empty folder. In OBS: Profile, Import, choose that folder; then press Start Recording.</source>
        <translation>Speichern Sie sie in einem leeren Ordner. In OBS: Profil, Importieren, diesen Ordner wählen; dann „Aufnahme starten“ drücken.</translation>
    </message>
    <message>
        <source>The file could not be saved as %1: %2.</source>
        <translation>Die Datei konnte nicht als %1 gespeichert werden: %2.</translation>
    </message>
</context>
<context>
    <name>ConnectDjDialog</name>
    <message>
        <source>&amp;Show the pass phrase</source>
        <translation>&amp;Passwort zeigen</translation>
    </message>
    <message>
        <source>Connect a DJ</source>
        <translation>DJ verbinden</translation>
    </message>
    <message>
        <source>What the DJ&apos;s program needs to know</source>
        <translation>Was das Programm des DJs wissen muss</translation>
    </message>
    <message>
        <source>&amp;Program</source>
        <translation>P&amp;rogramm</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Programm</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>&amp;Hide the pass phrase</source>
        <translation>&amp;Passwort verbergen</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy: %1</source>
        <translation>Kopieren: %1</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>Refused: %1</source>
        <translation>Abgewiesen: %1</translation>
    </message>
    <message>
        <source>Connected: %1</source>
        <translation>Verbunden: %1</translation>
    </message>
    <message>
        <source>Waiting for the DJ… This line turns green when the show begins.</source>
        <translation>Warten auf den DJ … Diese Zeile wird grün, wenn die Sendung beginnt.</translation>
    </message>
    <message>
        <source>Go on air first: only then can a DJ connect.</source>
        <translation>Gehen Sie zuerst auf Sendung: Erst dann kann ein DJ sich verbinden.</translation>
    </message>
    <message>
        <source>Save as a &amp;file…</source>
        <translation>Als &amp;Datei speichern …</translation>
    </message>
    <message>
        <source>A file with these values, the pass phrase among them: hand it to the DJ only.</source>
        <translation>Eine Datei mit diesen Werten, auch dem Passwort: Geben Sie sie nur dem DJ.</translation>
    </message>
    <message>
        <source>Or as a file. %1</source>
        <translation>Oder als Datei. %1</translation>
    </message>
    <message>
        <source>Save the file for %1</source>
        <translation>Datei für %1 speichern</translation>
    </message>
    <message>
        <source>Saved, with the pass phrase in it. %1</source>
        <translation>Gespeichert, mit dem Passwort darin. %1</translation>
    </message>
    <message>
        <source>The DJ &amp;is</source>
        <translation>Der DJ &amp;ist</translation>
    </message>
    <message>
        <source>Where the DJ is</source>
        <translation>Wo der DJ ist</translation>
    </message>
    <message>
        <source>in the home network</source>
        <translation>im Heimnetz</translation>
    </message>
    <message>
        <source>somewhere else</source>
        <translation>anderswo</translation>
    </message>
</context>
<context>
    <name>Core</name>
    <message>
        <source>wrong user name or password; use the user &quot;source&quot; and the source password of this station.</source>
        <translation>falscher Benutzername oder falsches Passwort; nehmen Sie den Benutzer „source“ und das Quellenpasswort dieses Senders.</translation>
    </message>
    <message>
        <source>a user name and a password are needed: the user &quot;source&quot; and the source password of this station.</source>
        <translation>Benutzername und Passwort fehlen: der Benutzer „source“ und das Quellenpasswort dieses Senders.</translation>
    </message>
    <message>
        <source>too many wrong passwords came from this address; wait %1 s.</source>
        <translation>Von dieser Adresse kamen zu viele falsche Passwörter; warten Sie %1 s.</translation>
    </message>
    <message>
        <source>wrong password; enter the source password of this station.</source>
        <translation>falsches Passwort; geben Sie das Quellenpasswort dieses Senders ein.</translation>
    </message>
    <message>
        <source>the password was right, but %1.</source>
        <translation>das Passwort stimmte, aber %1.</translation>
    </message>
    <message>
        <source>The mount of this station is %1; set it in your program.</source>
        <translation>Der Mountpoint dieses Senders ist %1; stellen Sie ihn in Ihrem Programm ein.</translation>
    </message>
    <message>
        <source>MP3 (audio/mpeg), AAC (audio/aac) and Ogg with Vorbis, Opus or FLAC (audio/ogg) are understood, %1 is not; choose one of them in your program.</source>
        <translation>MP3 (audio/mpeg), AAC (audio/aac) und Ogg mit Vorbis, Opus oder FLAC (audio/ogg) werden verstanden, %1 nicht; wählen Sie eines davon in Ihrem Programm.</translation>
    </message>
    <message>
        <source>Mountpoint in use: two encoders throw each other off the air again and again (%1). The one that is on stays; stop the other.</source>
        <translation>Mountpoint belegt: Zwei Encoder werfen einander immer wieder aus der Sendung (%1). Der jetzt sendet, bleibt; halten Sie den anderen an.</translation>
    </message>
    <message>
        <source>Took over from %1.</source>
        <translation>Hat von %1 übernommen.</translation>
    </message>
    <message>
        <source>Connected.</source>
        <translation>Verbunden.</translation>
    </message>
    <message>
        <source>This is the port for listeners; live sources connect to port %1 (advanced.strict_ports is on).</source>
        <translation>Das ist der Port für Hörer; Livequellen verbinden sich mit Port %1 (advanced.strict_ports ist an).</translation>
    </message>
    <message>
        <source>its header lines did not arrive in time</source>
        <translation>seine Kopfzeilen kamen nicht rechtzeitig an</translation>
    </message>
    <message>
        <source>it hung up before its header lines were complete</source>
        <translation>es legte auf, bevor seine Kopfzeilen vollständig waren</translation>
    </message>
    <message>
        <source>its header lines cannot be read</source>
        <translation>seine Kopfzeilen sind nicht lesbar</translation>
    </message>
    <message>
        <source>%1 (%2 times more before)</source>
        <translation>%1 (davor noch %2-mal)</translation>
    </message>
    <message>
        <source>On the air at %1.</source>
        <translation>Auf Sendung unter %1.</translation>
    </message>
    <message>
        <source>Off the air.</source>
        <translation>Nicht auf Sendung.</translation>
    </message>
    <message>
        <source>Skipped %1.</source>
        <translation>%1 übersprungen.</translation>
    </message>
    <message>
        <source>Live: %1 from %2.</source>
        <translation>Live: %1 von %2.</translation>
    </message>
    <message>
        <source>The live source at %1 has ended: %2.</source>
        <translation>Die Livequelle unter %1 ist zu Ende: %2.</translation>
    </message>
    <message>
        <source>The playlist could not be read fast enough; silence keeps the listeners connected.</source>
        <translation>Die Wiedergabeliste ließ sich nicht schnell genug lesen; Stille hält die Hörer verbunden.</translation>
    </message>
    <message>
        <source>Settings changed: %1.</source>
        <translation>Einstellungen geändert: %1.</translation>
    </message>
    <message>
        <source>the source sent nothing for %1 s</source>
        <translation>die Quelle hat %1 s lang nichts gesendet</translation>
    </message>
    <message>
        <source>the source disconnected</source>
        <translation>die Quelle hat die Verbindung getrennt</translation>
    </message>
    <message>
        <source>the source ended its upload</source>
        <translation>die Quelle hat ihre Übertragung beendet</translation>
    </message>
    <message>
        <source>the source sent a broken chunked body</source>
        <translation>die Quelle hat fehlerhafte Blöcke (chunked) gesendet</translation>
    </message>
    <message>
        <source>the source sent no sound for %1 s</source>
        <translation>die Quelle hat %1 s lang keinen Ton gesendet</translation>
    </message>
    <message>
        <source>it sends %1, which cannot be broadcast: choose MP3, AAC or Ogg in the program</source>
        <translation>sie sendet %1, was nicht ausgestrahlt werden kann: Wählen Sie im Programm MP3, AAC oder Ogg</translation>
    </message>
    <message>
        <source>what it sends is neither MP3 nor AAC nor Ogg: check the format in the program</source>
        <translation>was sie sendet, ist weder MP3 noch AAC noch Ogg: Prüfen Sie das Format im Programm</translation>
    </message>
    <message>
        <source>what it sends is no sound any more: check the program</source>
        <translation>was sie sendet, ist kein Ton mehr: Prüfen Sie das Programm</translation>
    </message>
    <message>
        <source>it sent a megabyte without any sound in it: leave pictures and tags out in the program</source>
        <translation>sie hat ein Megabyte ohne jeden Ton gesendet: Lassen Sie im Programm Bilder und Tags weg</translation>
    </message>
    <message>
        <source>the header of its Ogg stream has %1 kB, 64 are allowed: leave the picture out in the program</source>
        <translation>der Kopf ihres Ogg-Stroms hat %1 kB, 64 sind erlaubt: Lassen Sie im Programm das Bild weg</translation>
    </message>
    <message>
        <source>another source took its place</source>
        <translation>eine andere Quelle hat ihren Platz eingenommen</translation>
    </message>
    <message>
        <source>another source took over</source>
        <translation>eine andere Quelle hat übernommen</translation>
    </message>
    <message>
        <source>the station went off the air</source>
        <translation>der Sender hat die Sendung beendet</translation>
    </message>
    <message>
        <source>removed by you</source>
        <translation>von Ihnen entfernt</translation>
    </message>
    <message>
        <source>removed by the admin</source>
        <translation>vom Verwalter entfernt</translation>
    </message>
    <message>
        <source>What %1 sends is converted to %2.</source>
        <translation>Was %1 sendet, wird in %2 umgewandelt.</translation>
    </message>
    <message>
        <source>What %1 sends could not be converted: %2.</source>
        <translation>Was %1 sendet, ließ sich nicht umwandeln: %2.</translation>
    </message>
    <message>
        <source>what it sends could not be converted: %1</source>
        <translation>was sie sendet, ließ sich nicht umwandeln: %1</translation>
    </message>
    <message>
        <source>The disk is too slow for the recording: a part of it will be missing. The stream goes on without fault.</source>
        <translation>Die Platte ist für die Aufnahme zu langsam: Ein Teil davon wird fehlen. Der Stream läuft fehlerlos weiter.</translation>
    </message>
    <message>
        <source>The recording has stopped: %1. What was recorded until then is in %2.</source>
        <translation>Die Aufnahme ist stehen geblieben: %1. Was bis dahin aufgenommen wurde, ist in %2.</translation>
    </message>
    <message>
        <source>The recording has stopped: the folder %1 cannot be made. Choose another one in the settings.</source>
        <translation>Die Aufnahme ist stehen geblieben: Der Ordner %1 lässt sich nicht anlegen. Wählen Sie in den Einstellungen einen anderen.</translation>
    </message>
    <message>
        <source>The recording has stopped: %1 cannot be written: %2.</source>
        <translation>Die Aufnahme ist stehen geblieben: %1 lässt sich nicht schreiben: %2.</translation>
    </message>
    <message>
        <source>Waiting for the first sound.</source>
        <translation>Es wird auf den ersten Ton gewartet.</translation>
    </message>
    <message>
        <source>The built-in listener hears the programme.</source>
        <translation>Der eingebaute Hörer hört das Programm.</translation>
    </message>
    <message>
        <source>Listeners hear silence: the sound has been mute for %1 s.</source>
        <translation>Die Hörer hören Stille: Der Ton ist seit %1 s stumm.</translation>
    </message>
    <message>
        <source>Listeners hear nothing: no audio has come for %1 s.</source>
        <translation>Die Hörer hören nichts: Seit %1 s kam kein Ton.</translation>
    </message>
    <message>
        <source>Nobody can listen: the station does not answer on its own port.</source>
        <translation>Niemand kann zuhören: Der Sender antwortet nicht auf seinem eigenen Port.</translation>
    </message>
    <message>
        <source>The titles that players get are not those of what plays.</source>
        <translation>Die Titel, die Player bekommen, gehören nicht zu dem, was läuft.</translation>
    </message>
    <message>
        <source>Port %1 is already in use by another program; close it or choose another port.</source>
        <translation>Port %1 wird schon von einem anderen Programm benutzt; beenden Sie es, oder wählen Sie einen anderen Port.</translation>
    </message>
    <message>
        <source>Port %1 needs administrator rights; choose a port from 1024 on.</source>
        <translation>Port %1 braucht Verwalterrechte; wählen Sie einen Port ab 1024.</translation>
    </message>
    <message>
        <source>Port %1 cannot be opened: %2.</source>
        <translation>Port %1 lässt sich nicht öffnen: %2.</translation>
    </message>
    <message>
        <source>This machine has no address %1 (server.host).</source>
        <translation>Dieser Rechner hat keine Adresse %1 (server.host).</translation>
    </message>
    <message>
        <source>The address &quot;%1&quot; in server.host is not an IP address of this machine; use 0.0.0.0 for every address.</source>
        <translation>Die Adresse „%1“ in server.host ist keine IP-Adresse dieses Rechners; nehmen Sie 0.0.0.0 für alle Adressen.</translation>
    </message>
    <message>
        <source>The file %1 cannot be read: %2.</source>
        <translation>Die Datei %1 lässt sich nicht lesen: %2.</translation>
    </message>
    <message>
        <source>The file %1 is too large for a certificate.</source>
        <translation>Die Datei %1 ist für ein Zertifikat zu groß.</translation>
    </message>
    <message>
        <source>https is not possible here: Qt&apos;s TLS support (OpenSSL) is missing.</source>
        <translation>https ist hier nicht möglich: Die TLS-Unterstützung von Qt (OpenSSL) fehlt.</translation>
    </message>
    <message>
        <source>The file %1 contains no certificate: expected PEM text that begins with -----BEGIN CERTIFICATE-----.</source>
        <translation>Die Datei %1 enthält kein Zertifikat: Erwartet wird PEM-Text, der mit -----BEGIN CERTIFICATE----- beginnt.</translation>
    </message>
    <message>
        <source>The key in %1 has a pass phrase of its own; store it without one, readable by this user only.</source>
        <translation>Der Schlüssel in %1 hat ein eigenes Passwort; speichern Sie ihn ohne, nur für diesen Benutzer lesbar.</translation>
    </message>
    <message>
        <source>The key in %1 does not belong to the certificate in %2.</source>
        <translation>Der Schlüssel in %1 gehört nicht zum Zertifikat in %2.</translation>
    </message>
    <message>
        <source>The certificate expired on %1: players refuse it; renew it.</source>
        <translation>Das Zertifikat ist am %1 abgelaufen: Player lehnen es ab; erneuern Sie es.</translation>
    </message>
    <message>
        <source>The certificate is valid from %1 on only: check this computer&apos;s clock.</source>
        <translation>Das Zertifikat gilt erst ab %1: Prüfen Sie die Uhr dieses Computers.</translation>
    </message>
    <message>
        <source>The certificate expires on %1: renew it soon.</source>
        <translation>Das Zertifikat läuft am %1 ab: Erneuern Sie es bald.</translation>
    </message>
    <message>
        <source>Now playing: %1</source>
        <translation>Jetzt läuft: %1</translation>
    </message>
    <message>
        <source>Listener %1 joined: %2, %3.</source>
        <translation>Hörer %1 ist da: %2, %3.</translation>
    </message>
    <message>
        <source>Listener %1 (%2, %3) left: %4, %5 bytes.</source>
        <translation>Hörer %1 (%2, %3) ist gegangen: %4, %5 Bytes.</translation>
    </message>
    <message>
        <source>Listener %1 (%2) was too slow and skipped ahead.</source>
        <translation>Hörer %1 (%2) war zu langsam und ist vorgesprungen.</translation>
    </message>
    <message>
        <source>Refused %1, %2 (%3): %4</source>
        <translation>Abgewiesen: %1, %2 (%3): %4</translation>
    </message>
    <message>
        <source>Refused a title from %1: wrong user name or password.</source>
        <translation>Titel von %1 abgewiesen: falscher Benutzername oder falsches Passwort.</translation>
    </message>
    <message>
        <source>Recording into %1.</source>
        <translation>Aufnahme in %1.</translation>
    </message>
    <message>
        <source>Read the settings again from %1.</source>
        <translation>Die Einstellungen wurden neu aus %1 gelesen.</translation>
    </message>
    <message>
        <source>First start: wrote %1 with a pass phrase of its own.</source>
        <translation>Erster Start: %1 mit eigenem Passwort geschrieben.</translation>
    </message>
    <message>
        <source>%1 (%2) connected as live source.</source>
        <translation>%1 (%2) ist als Livequelle verbunden.</translation>
    </message>
    <message>
        <source>%1 left before any of it was heard: %2.</source>
        <translation>%1 ging, bevor etwas davon zu hören war: %2.</translation>
    </message>
    <message>
        <source>is %1: expected %2</source>
        <translation>ist %1, erwartet wird: %2</translation>
    </message>
    <message>
        <source>is &quot;%1&quot;: expected %2</source>
        <translation>ist „%1“, erwartet wird: %2</translation>
    </message>
    <message>
        <source>not a number</source>
        <translation>keine Zahl</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 bis %2</translation>
    </message>
    <message>
        <source>%1 to %2 bytes</source>
        <translation>%1 bis %2 Bytes</translation>
    </message>
    <message>
        <source>%1, or -1 for automatic</source>
        <translation>%1, oder -1 für automatisch</translation>
    </message>
    <message>
        <source>true or false</source>
        <translation>true oder false</translation>
    </message>
    <message>
        <source>text in quotes</source>
        <translation>Text in Anführungszeichen</translation>
    </message>
    <message>
        <source>contains a line break, a tab or another control character: remove it. If a backslash is meant, write it twice in the file, as in &quot;C:\\music\\new&quot;: single ones begin an escape such as \n (Cycast&apos;s own reader kept them)</source>
        <translation>enthält einen Zeilenumbruch, einen Tabulator oder ein anderes Steuerzeichen: Entfernen Sie es. Ist ein Backslash gemeint, schreiben Sie ihn in der Datei doppelt, wie in &quot;C:\\music\\new&quot;: Einzelne beginnen eine Ersatzdarstellung wie \n (Cycasts eigener Leser behielt sie)</translation>
    </message>
    <message>
        <source>has %1 characters: expected at most %2</source>
        <translation>hat %1 Zeichen, erlaubt sind höchstens %2</translation>
    </message>
    <message>
        <source>is empty: expected an address such as 0.0.0.0 (every network) or 127.0.0.1 (this computer)</source>
        <translation>ist leer: Erwartet wird eine Adresse wie 0.0.0.0 (jedes Netz) oder 127.0.0.1 (dieser Computer)</translation>
    </message>
    <message>
        <source>is &quot;%1&quot;: expected an address alone, such as 0.0.0.0 or 192.168.1.20, without http:// or a port</source>
        <translation>ist „%1“: Erwartet wird nur eine Adresse wie 0.0.0.0 oder 192.168.1.20, ohne http:// und ohne Port</translation>
    </message>
    <message>
        <source>is %1, and so is server.source_port: expected two different ports, such as 8000 and 8001</source>
        <translation>ist %1, und server.source_port auch: Erwartet werden zwei verschiedene Ports wie 8000 und 8001</translation>
    </message>
    <message>
        <source>is &quot;hackme&quot;, which everybody knows, and server.host lets other computers connect: expected a pass phrase of your own, or server.host = &quot;127.0.0.1&quot;</source>
        <translation>ist „hackme“, das jeder kennt, und server.host lässt andere Computer herein: Nehmen Sie ein eigenes Passwort oder server.host = &quot;127.0.0.1&quot;</translation>
    </message>
    <message>
        <source>is &quot;hackme&quot;, which everybody knows. That is accepted because only this computer can connect; choose a pass phrase of your own before you open the station to others</source>
        <translation>ist „hackme“, das jeder kennt. Das geht, weil nur dieser Computer sich verbinden kann; wählen Sie ein eigenes Passwort, bevor Sie den Sender für andere öffnen</translation>
    </message>
    <message>
        <source>is &quot;%1&quot;: expected a slash and a name, such as /stream</source>
        <translation>ist „%1“: Erwartet werden ein Schrägstrich und ein Name, wie /stream</translation>
    </message>
    <message>
        <source>is &quot;%1&quot;: expected no spaces, quotes or any of ? # &amp; % &lt; &gt; and backslash, as in /stream</source>
        <translation>ist „%1“: Erlaubt sind keine Leerzeichen, Anführungszeichen, Backslashes und keines von ? # &amp; % &lt; &gt;, wie in /stream</translation>
    </message>
    <message>
        <source>is &quot;%1&quot;: addresses that begin with %2 belong to the server; expected another name, such as /stream</source>
        <translation>ist „%1“: Adressen, die mit %2 beginnen, gehören dem Server; nehmen Sie einen anderen Namen wie /stream</translation>
    </message>
    <message>
        <source>is &quot;%1&quot;: expected no . or .. between slashes</source>
        <translation>ist „%1“: Zwischen Schrägstrichen darf kein . und kein .. stehen</translation>
    </message>
    <message>
        <source>is empty: expected a folder, such as ./music</source>
        <translation>ist leer: Erwartet wird ein Ordner wie ./music</translation>
    </message>
    <message>
        <source>is empty: expected at least one, such as [&quot;.mp3&quot;]</source>
        <translation>ist leer: Erwartet wird mindestens eine, wie [&quot;.mp3&quot;]</translation>
    </message>
    <message>
        <source>contains &quot;%1&quot;: expected file name extensions, such as &quot;.mp3&quot;</source>
        <translation>enthält „%1“: Erwartet werden Dateiendungen wie &quot;.mp3&quot;</translation>
    </message>
    <message>
        <source>is %1, and encoder.format is &quot;opus&quot;: expected 48000, the only rate of Opus</source>
        <translation>ist %1, und encoder.format ist „opus“: Erwartet wird 48000, die einzige Rate von Opus</translation>
    </message>
    <message>
        <source>is %1: expected 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025 or 8000 Hz</source>
        <translation>ist %1, erwartet werden: 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025 oder 8000 Hz</translation>
    </message>
    <message>
        <source>is %1: MP3 at %2 Hz has %3 kbit/s; expected one of these</source>
        <translation>ist %1: MP3 mit %2 Hz hat %3 kbit/s; erwartet wird eines davon</translation>
    </message>
    <message>
        <source>is %1: expected at most %2 kbit/s with %3 at %4 Hz and %5</source>
        <translation>ist %1, erlaubt sind höchstens %2 kbit/s mit %3 bei %4 Hz und %5</translation>
    </message>
    <message>
        <source>needs a user name, a colon and a pass phrase in each of its texts, as in &quot;anna:blue river stone&quot;</source>
        <translation>braucht in jedem Text einen Benutzernamen, einen Doppelpunkt und ein Passwort, wie in &quot;anna:blue river stone&quot;</translation>
    </message>
    <message>
        <source>contains a control character or more than 300 characters for &quot;%1&quot;</source>
        <translation>enthält für „%1“ ein Steuerzeichen oder mehr als 300 Zeichen</translation>
    </message>
    <message>
        <source>gives &quot;%1&quot; the pass phrase &quot;hackme&quot;, which everybody knows: expected another one</source>
        <translation>gibt „%1“ das Passwort „hackme“, das jeder kennt: Nehmen Sie ein anderes</translation>
    </message>
    <message>
        <source>names the user &quot;%1&quot; twice (&quot;source&quot; and &quot;admin&quot; have settings of their own): expected a name for each</source>
        <translation>nennt den Benutzer „%1“ zweimal („source“ und „admin“ haben eigene Einstellungen): Jeder braucht einen Namen</translation>
    </message>
    <message>
        <source>is &quot;hackme&quot;, which everybody knows: expected a pass phrase of your own, or nothing, which closes the admin pages</source>
        <translation>ist „hackme“, das jeder kennt: Nehmen Sie ein eigenes Passwort oder keines, was die Verwaltungsseiten schließt</translation>
    </message>
    <message>
        <source>is the same as server.source_password: whoever may go live can also send listeners away; choose another one</source>
        <translation>ist dasselbe wie server.source_password: Wer live gehen darf, kann auch Hörer wegschicken; wählen Sie ein anderes</translation>
    </message>
    <message>
        <source>contains &quot;%1&quot;: expected addresses such as 127.0.0.1 or ::1, or subnets such as 10.0.0.0/8</source>
        <translation>enthält „%1“: Erwartet werden Adressen wie 127.0.0.1 oder ::1 oder Subnetze wie 10.0.0.0/8</translation>
    </message>
    <message>
        <source>names a key, but server.tls_certificate is empty: expected both, or neither</source>
        <translation>nennt einen Schlüssel, aber server.tls_certificate ist leer: Erwartet werden beide oder keines</translation>
    </message>
    <message>
        <source>The settings could not be saved to %1: %2. The file is as it was.</source>
        <translation>Die Einstellungen ließen sich nicht in %1 speichern: %2. Die Datei ist, wie sie war.</translation>
    </message>
    <message>
        <source>%1 is no settings file of Icecast: it begins with &lt;%2&gt;.</source>
        <translation>%1 ist keine Einstellungsdatei von Icecast: Sie beginnt mit &lt;%2&gt;.</translation>
    </message>
    <message>
        <source>%1 holds none of the settings that are known here.</source>
        <translation>%1 enthält keine der Einstellungen, die hier bekannt sind.</translation>
    </message>
    <message>
        <source>“%1” is not there: it was moved, renamed or deleted.</source>
        <translation>„%1“ ist nicht da: verschoben, umbenannt oder gelöscht.</translation>
    </message>
    <message>
        <source>“%1” is a folder, not a file: add the files in it.</source>
        <translation>„%1“ ist ein Ordner, keine Datei: Fügen Sie die Dateien darin hinzu.</translation>
    </message>
    <message>
        <source>“%1” is a pipe or a device, not a file: only plain files can be played.</source>
        <translation>„%1“ ist eine Pipe oder ein Gerät, keine Datei: Nur gewöhnliche Dateien lassen sich spielen.</translation>
    </message>
    <message>
        <source>“%1” is empty: copy it again from where it came from.</source>
        <translation>„%1“ ist leer: Kopieren Sie sie noch einmal von dort, woher sie kam.</translation>
    </message>
    <message>
        <source>“%1” may not be read: change its permissions, or those of its folder.</source>
        <translation>„%1“ darf nicht gelesen werden: Ändern Sie die Rechte der Datei oder die ihres Ordners.</translation>
    </message>
    <message>
        <source>“%1” could not be opened: too many files are open. Close other programs.</source>
        <translation>„%1“ ließ sich nicht öffnen: Es sind zu viele Dateien offen. Beenden Sie andere Programme.</translation>
    </message>
    <message>
        <source>“%1” could not be opened: %2.</source>
        <translation>„%1“ ließ sich nicht öffnen: %2.</translation>
    </message>
    <message>
        <source>“%1” is not music: nothing in it could be recognised as sound.</source>
        <translation>„%1“ ist keine Musik: Nichts darin war als Ton zu erkennen.</translation>
    </message>
    <message>
        <source>“%1” holds no sound.</source>
        <translation>„%1“ enthält keinen Ton.</translation>
    </message>
    <message>
        <source>“%1” holds no MP3 sound: it is damaged or something else with this name.</source>
        <translation>„%1“ enthält keinen MP3-Ton: beschädigt oder etwas anderes unter diesem Namen.</translation>
    </message>
    <message>
        <source>“%1” is a video without sound.</source>
        <translation>„%1“ ist ein Video ohne Ton.</translation>
    </message>
    <message>
        <source>“%1” is protected (DRM): only the program it was bought with can play it.</source>
        <translation>„%1“ ist geschützt (DRM): Nur das Programm, mit dem es gekauft wurde, kann es spielen.</translation>
    </message>
    <message>
        <source>“%1” is copy-protected: only the program of the shop that sold it can play it. Use an unprotected copy.</source>
        <translation>„%1“ ist kopiergeschützt: Nur das Programm des Ladens, der es verkauft hat, kann es spielen. Nehmen Sie eine ungeschützte Kopie.</translation>
    </message>
    <message>
        <source>“%1” cannot be played: there is no decoder for %2 here. Convert it to FLAC or MP3.</source>
        <translation>„%1“ lässt sich nicht spielen: Hier gibt es keinen Decoder für %2. Wandeln Sie es in FLAC oder MP3 um.</translation>
    </message>
    <message>
        <source>“%1” cannot be played: its format (%2) is not known here.</source>
        <translation>„%1“ lässt sich nicht spielen: Das Format (%2) ist hier unbekannt.</translation>
    </message>
    <message>
        <source>“%1” cannot be played: what it says about its format makes no sense.</source>
        <translation>„%1“ lässt sich nicht spielen: Was darin über das Format steht, ergibt keinen Sinn.</translation>
    </message>
    <message>
        <source>“%1” cannot be played: %2.</source>
        <translation>„%1“ lässt sich nicht spielen: %2.</translation>
    </message>
    <message>
        <source>“%1” is damaged: no sound in it could be decoded.</source>
        <translation>„%1“ ist beschädigt: Kein Ton darin ließ sich dekodieren.</translation>
    </message>
    <message>
        <source>“%1” is damaged: there is no sound in it from %2 MB on.</source>
        <translation>„%1“ ist beschädigt: Ab %2 MB ist kein Ton mehr darin.</translation>
    </message>
    <message>
        <source>“%1” is damaged in a way that ends the decoder. Convert it with another program, or get it again.</source>
        <translation>„%1“ ist so beschädigt, dass der Decoder endet. Wandeln Sie es mit einem anderen Programm um, oder besorgen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>“%1” was left out: its decoder did not get on with it. Check the disk it is on, or get it again.</source>
        <translation>„%1“ wurde ausgelassen: Der Decoder kam damit nicht voran. Prüfen Sie die Platte, auf der es liegt, oder besorgen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>“%1” could not be read on: %2. Check the disk it is on.</source>
        <translation>„%1“ ließ sich nicht weiterlesen: %2. Prüfen Sie die Platte, auf der es liegt.</translation>
    </message>
    <message>
        <source>“%1” is not a playlist: it holds no text. Choose an M3U, PLS, XSPF or CUE file.</source>
        <translation>„%1“ ist keine Wiedergabeliste: Darin steht kein Text. Wählen Sie eine M3U-, PLS-, XSPF- oder CUE-Datei.</translation>
    </message>
    <message>
        <source>“%1” describes an internet stream in pieces (HLS), not a list of music files.</source>
        <translation>„%1“ beschreibt einen Internetstream in Stücken (HLS), keine Liste von Musikdateien.</translation>
    </message>
    <message>
        <source>“%1” could not be read as a playlist, %2</source>
        <translation>„%1“ ließ sich nicht als Wiedergabeliste lesen, %2</translation>
    </message>
    <message>
        <source>“%1” is too large for a playlist (more than 64 MB).</source>
        <translation>„%1“ ist für eine Wiedergabeliste zu groß (mehr als 64 MB).</translation>
    </message>
    <message>
        <source>“%1” is a network place of a Windows computer; add the file from where it is on this one</source>
        <translation>„%1“ ist ein Netzwerkort eines Windows-Computers; fügen Sie die Datei von dort hinzu, wo sie auf diesem liegt</translation>
    </message>
    <message>
        <source>“%1” is a place on a Windows computer; add the file from where it is on this one</source>
        <translation>„%1“ ist ein Ort auf einem Windows-Computer; fügen Sie die Datei von dort hinzu, wo sie auf diesem liegt</translation>
    </message>
    <message>
        <source>“%1” names no file</source>
        <translation>„%1“ nennt keine Datei</translation>
    </message>
    <message>
        <source>The folder “%1” may not be read: change its permissions.</source>
        <translation>Der Ordner „%1“ darf nicht gelesen werden: Ändern Sie seine Rechte.</translation>
    </message>
    <message>
        <source>The playlist could not be saved to %1: %2.</source>
        <translation>Die Wiedergabeliste ließ sich nicht in %1 speichern: %2.</translation>
    </message>
    <message>
        <source>... and %1 more problems of this kind.</source>
        <translation>… und %1 weitere Probleme dieser Art.</translation>
    </message>
    <message>
        <source>line %1: %2</source>
        <translation>Zeile %1: %2</translation>
    </message>
    <message>
        <source>Only the first %1 folders are watched for new files.</source>
        <translation>Nur die ersten %1 Ordner werden auf neue Dateien beobachtet.</translation>
    </message>
    <message>
        <source>It lasts %1 s only: is it the whole track?</source>
        <translation>Es dauert nur %1 s: Ist das der ganze Titel?</translation>
    </message>
    <message>
        <source>It ends with %1 s of silence, which listeners take for a fault.</source>
        <translation>Es endet mit %1 s Stille, die Hörer für einen Fehler halten.</translation>
    </message>
    <message>
        <source>It is far too loud (%1 LUFS): it is probably distorted already.</source>
        <translation>Es ist viel zu laut (%1 LUFS): wahrscheinlich schon verzerrt.</translation>
    </message>
    <message>
        <source>It is far too quiet (%1 LUFS): raising it would raise its noise too.</source>
        <translation>Es ist viel zu leise (%1 LUFS): Lauter gestellt würde auch sein Rauschen lauter.</translation>
    </message>
    <message>
        <source>too many wrong passwords came from this address, and too many tries are waiting for their turn; try again in %1 s with the right one.</source>
        <translation>von dieser Adresse kamen zu viele falsche Passwörter, und zu viele Versuche warten, bis sie an der Reihe sind; in %1 s mit dem richtigen noch einmal versuchen.</translation>
    </message>
    <message>
        <source>“%1” is an internet address, and only files can be played: save it on this computer, then add it.</source>
        <translation>„%1“ ist eine Internetadresse, und abgespielt werden nur Dateien: Speichern Sie es auf diesem Rechner, und fügen Sie es dann hinzu.</translation>
    </message>
    <message>
        <source>“%1” is on another computer or device: mount it (open it in your file manager), then add it from its folder there.</source>
        <translation>„%1“ liegt auf einem anderen Rechner oder Gerät: Binden Sie es ein (im Dateimanager öffnen), und fügen Sie es dann aus seinem Ordner dort hinzu.</translation>
    </message>
    <message>
        <source>%1 more lines about listeners were left out.</source>
        <translation>%1 weitere Zeilen über Hörer wurden weggelassen.</translation>
    </message>
    <message>
        <source>%1 more lines about live sources were left out.</source>
        <translation>%1 weitere Zeilen über Live-Quellen wurden weggelassen.</translation>
    </message>
    <message>
        <source>this station has no pass phrase for live sources yet; its owner adds a line such as source_password = &quot;...&quot; to the block server of its settings file.</source>
        <translation>dieser Sender hat noch kein Passwort für Live-Quellen; wem er gehört, ergänzt im Block server seiner Einstellungsdatei eine Zeile wie source_password = &quot;...&quot;.</translation>
    </message>
    <message>
        <source>There are no settings that could be used.</source>
        <translation>Es gibt keine brauchbaren Einstellungen.</translation>
    </message>
    <message>
        <source>is empty, so live sources are refused: expected a line such as source_password = &quot;...&quot; in the block server, with a pass phrase of your own</source>
        <translation>ist leer, deshalb werden Live-Quellen abgewiesen: Erwartet wird eine Zeile wie source_password = &quot;...&quot; im Block server, mit einem eigenen Passwort</translation>
    </message>
    <message>
        <source>“%1” does not answer: the disk it is on hangs, or its network is gone. It is tried again later.</source>
        <translation>„%1“ antwortet nicht: Die Festplatte hängt, oder das Netzwerk ist weg. Es wird später noch einmal versucht.</translation>
    </message>
    <message>
        <source>“%1” is damaged in a way that misleads the decoder.</source>
        <translation>„%1“ ist so beschädigt, dass der Decoder in die Irre geht.</translation>
    </message>
    <message>
        <source>“%1” was not looked into to its end: that takes longer than any music does, or its disk does not answer.</source>
        <translation>„%1“ wurde nicht zu Ende untersucht: Das dauert länger als bei jeder Musik, oder die Festplatte antwortet nicht.</translation>
    </message>
    <message>
        <source>“%1” was cut off: its decoder, cycast-codec, was ended from outside. It is tried again.</source>
        <translation>„%1“ wurde abgebrochen: Der Decoder, cycast-codec, wurde von außen beendet. Es wird noch einmal versucht.</translation>
    </message>
    <message>
        <source>“%1” could not be handed over: too many files are open.</source>
        <translation>„%1“ konnte nicht übergeben werden: Es sind zu viele Dateien geöffnet.</translation>
    </message>
    <message>
        <source>is &quot;%1&quot;: expected an address that begins with http:// or https://, or nothing</source>
        <translation>ist „%1“: Erwartet wird eine Adresse, die mit http:// oder https:// beginnt, oder nichts</translation>
    </message>
    <message>
        <source>names a certificate, but server.tls_certificate is empty: the first one belongs there</source>
        <translation>nennt ein Zertifikat, aber server.tls_certificate ist leer: Das erste gehört dorthin</translation>
    </message>
    <message>
        <source>names a key, but server.tls_second_certificate is empty: expected both, or neither</source>
        <translation>nennt einen Schlüssel, aber server.tls_second_certificate ist leer: erwartet werden beide oder keines</translation>
    </message>
    <message>
        <source>is &quot;%1&quot;: expected processors by number, such as &quot;0,2-3&quot;, or nothing for all of them</source>
        <translation>ist „%1“: erwartet werden Prozessoren mit ihrer Nummer, etwa „0,2-3“, oder nichts für alle</translation>
    </message>
    <message>
        <source>“%1” cannot be sent as it is.</source>
        <translation>„%1“ kann nicht unverändert gesendet werden.</translation>
    </message>
    <message>
        <source>“%1” is damaged, or changes its format within.</source>
        <translation>„%1“ ist beschädigt oder wechselt mittendrin sein Format.</translation>
    </message>
    <message>
        <source>what comes is no sound that can be recognised</source>
        <translation>was ankommt, ist kein Ton, der zu erkennen ist</translation>
    </message>
    <message>
        <source>the program cycast-codec, which decodes and encodes, is missing: install Cycast Desktop again</source>
        <translation>das Programm cycast-codec, das dekodiert und kodiert, fehlt: Cycast Desktop neu installieren</translation>
    </message>
    <message>
        <source>there is no descriptor left for cycast-codec: %1</source>
        <translation>für cycast-codec ist kein Deskriptor mehr frei: %1</translation>
    </message>
    <message>
        <source>%1 could not be started: %2</source>
        <translation>%1 konnte nicht gestartet werden: %2</translation>
    </message>
    <message>
        <source>this system cannot run cycast-codec</source>
        <translation>dieses System kann cycast-codec nicht ausführen</translation>
    </message>
    <message>
        <source>cycast-codec could not begin; install Cycast Desktop again</source>
        <translation>cycast-codec konnte nicht beginnen; Cycast Desktop neu installieren</translation>
    </message>
    <message>
        <source>“%1” could not be measured in time</source>
        <translation>„%1“ konnte nicht rechtzeitig gemessen werden</translation>
    </message>
    <message>
        <source>FFmpeg on this computer comes without the encoder %1</source>
        <translation>FFmpeg auf diesem Computer enthält den Encoder %1 nicht</translation>
    </message>
    <message>
        <source>%1 refuses %2 kbit/s at %3 Hz</source>
        <translation>%1 lehnt %2 kbit/s bei %3 Hz ab</translation>
    </message>
    <message>
        <source>there is not enough memory to encode</source>
        <translation>zum Kodieren reicht der Speicher nicht</translation>
    </message>
    <message>
        <source>There is not enough memory to measure a file.</source>
        <translation>Der Speicher reicht nicht, um eine Datei zu messen.</translation>
    </message>
    <message>
        <source>%1 cannot be converted</source>
        <translation>%1 kann nicht umgewandelt werden</translation>
    </message>
    <message>
        <source>it could not be decoded in time</source>
        <translation>es konnte nicht rechtzeitig dekodiert werden</translation>
    </message>
    <message>
        <source>its decoder has ended</source>
        <translation>der Decoder dafür hat sich beendet</translation>
    </message>
    <message>
        <source>There is no settings file %1.</source>
        <translation>Es gibt keine Einstellungsdatei %1.</translation>
    </message>
    <message>
        <source>%1 is no file: expected a settings file such as config.hcl.</source>
        <translation>%1 ist keine Datei: erwartet wird eine Einstellungsdatei wie config.hcl.</translation>
    </message>
    <message>
        <source>%1 is larger than 4 MB: that is no settings file.</source>
        <translation>%1 ist größer als 4 MB: das ist keine Einstellungsdatei.</translation>
    </message>
    <message>
        <source>The settings file %1 cannot be read: %2.</source>
        <translation>Die Einstellungsdatei %1 kann nicht gelesen werden: %2.</translation>
    </message>
    <message>
        <source>The settings file %1 is there already; it was left as it is.</source>
        <translation>Die Einstellungsdatei %1 gibt es schon; sie blieb, wie sie ist.</translation>
    </message>
    <message>
        <source>The settings file %1 cannot be made: %2.</source>
        <translation>Die Einstellungsdatei %1 kann nicht angelegt werden: %2.</translation>
    </message>
    <message>
        <source>The settings file %1 is empty.</source>
        <translation>Die Einstellungsdatei %1 ist leer.</translation>
    </message>
    <message>
        <source>Everybody on this computer can read the pass phrases in %1: chmod 600 it, or let its group alone read it.</source>
        <translation>Jeder an diesem Computer kann die Passwörter in %1 lesen: chmod 600 darauf anwenden oder nur ihre Gruppe lesen lassen.</translation>
    </message>
    <message>
        <source>%1 Nothing was saved.</source>
        <translation>%1 Nichts wurde gespeichert.</translation>
    </message>
    <message>
        <source>%1 Correct the file first; nothing was saved.</source>
        <translation>%1 Zuerst die Datei berichtigen; nichts wurde gespeichert.</translation>
    </message>
    <message>
        <source>%1 Correct this first; nothing was saved.</source>
        <translation>%1 Zuerst dies berichtigen; nichts wurde gespeichert.</translation>
    </message>
    <message>
        <source>Choose Icecast 2 as the type of server in your program.</source>
        <translation>Wählen Sie in Ihrem Programm Icecast 2 als Art des Servers.</translation>
    </message>
    <message>
        <source>Switch TLS (SSL) off in your program, or give this station a certificate (server.tls_certificate).</source>
        <translation>Schalten Sie TLS (SSL) in Ihrem Programm aus, oder geben Sie dieser Station ein Zertifikat (server.tls_certificate).</translation>
    </message>
    <message>
        <source>This is %1, which is not spoken here: choose Icecast 2 as the type of server in your program.</source>
        <translation>Das ist %1, das hier nicht gesprochen wird: wählen Sie in Ihrem Programm Icecast 2 als Art des Servers.</translation>
    </message>
    <message>
        <source>Look for odd characters and very long texts in your program&apos;s settings for this server (name, description, genre, mount); if there are none, choose Icecast 2 as its type.</source>
        <translation>Suchen Sie in den Einstellungen Ihres Programms für diesen Server nach ungewöhnlichen Zeichen und sehr langen Texten (Name, Beschreibung, Genre, Mount); wenn es keine gibt, wählen Sie Icecast 2 als seine Art.</translation>
    </message>
    <message>
        <source>TLS cannot be used: %1.</source>
        <translation>TLS kann nicht benutzt werden: %1.</translation>
    </message>
    <message>
        <source>The certificate for &quot;%1&quot; cannot be used: %2.</source>
        <translation>Das Zertifikat für „%1“ kann nicht benutzt werden: %2.</translation>
    </message>
    <message>
        <source>The file %1 contains no private key: expected PEM text that begins with -----BEGIN PRIVATE KEY-----, or another file in server.tls_key.</source>
        <translation>Die Datei %1 enthält keinen privaten Schlüssel: erwartet wird PEM-Text, der mit -----BEGIN PRIVATE KEY----- beginnt, oder eine andere Datei in server.tls_key.</translation>
    </message>
    <message>
        <source>The file %1 contains no private key: expected PEM text that begins with -----BEGIN PRIVATE KEY-----.</source>
        <translation>Die Datei %1 enthält keinen privaten Schlüssel: erwartet wird PEM-Text, der mit -----BEGIN PRIVATE KEY----- beginnt.</translation>
    </message>
    <message>
        <source>This port speaks no TLS. %1</source>
        <translation>Dieser Port spricht kein TLS. %1</translation>
    </message>
    <message>
        <source>disconnected</source>
        <translation>hat die Verbindung getrennt</translation>
    </message>
    <message>
        <source>the connection was lost</source>
        <translation>die Verbindung ging verloren</translation>
    </message>
    <message>
        <source>did not read for a minute</source>
        <translation>hat eine Minute lang nichts gelesen</translation>
    </message>
    <message>
        <source>never read anything</source>
        <translation>hat nie etwas gelesen</translation>
    </message>
    <message>
        <source>banned</source>
        <translation>gesperrt</translation>
    </message>
    <message>
        <source>the stream changed to another format</source>
        <translation>der Stream wechselte in ein anderes Format</translation>
    </message>
    <message>
        <source>“%1” is given twice; the first one counts</source>
        <translation>„%1“ ist zweimal angegeben; das erste zählt</translation>
    </message>
    <message>
        <source>The demo music could not be written to “%1”: %2.</source>
        <translation>Die Demomusik konnte nicht nach „%1“ geschrieben werden: %2.</translation>
    </message>
    <message>
        <source>the folder could not be created; choose another one</source>
        <translation>der Ordner konnte nicht angelegt werden; wählen Sie einen anderen</translation>
    </message>
    <message>
        <source>%1 holds no audio that can be played.</source>
        <translation>%1 enthält keinen Ton, der abgespielt werden kann.</translation>
    </message>
    <message>
        <source>its decoder gives nothing</source>
        <translation>der Decoder dafür liefert nichts</translation>
    </message>
    <message>
        <source>Nothing can be encoded: %1.</source>
        <translation>Nichts kann kodiert werden: %1.</translation>
    </message>
    <message>
        <source>The folder %1 for the settings cannot be made. Check its place and your rights there.</source>
        <translation>Der Ordner %1 für die Einstellungen kann nicht angelegt werden. Prüfen Sie den Ort und Ihre Rechte dort.</translation>
    </message>
    <message>
        <source>The system watches no more folders: what is new in “%1” will not be noticed.</source>
        <translation>Das System überwacht keine weiteren Ordner: Neues in „%1“ wird nicht bemerkt.</translation>
    </message>
    <message>
        <source>A key for https cannot be made: %1.</source>
        <translation>Ein Schlüssel für https kann nicht erzeugt werden: %1.</translation>
    </message>
    <message>
        <source>The key for https cannot be read: %1.</source>
        <translation>Der Schlüssel für https kann nicht gelesen werden: %1.</translation>
    </message>
    <message>
        <source>The certificate authority does not answer. Look whether this computer is connected to the internet; it is asked again by itself.</source>
        <translation>Die Zertifizierungsstelle antwortet nicht. Sehen Sie nach, ob dieser Computer mit dem Internet verbunden ist; sie wird von selbst wieder gefragt.</translation>
    </message>
    <message>
        <source>The authority did not find this station at port 80 of %1. Let your router lead port 80 from outside to the listeners’ port of this computer, and look whether %1 leads to your own address.</source>
        <translation>Die Zertifizierungsstelle hat diesen Sender an Port 80 von %1 nicht gefunden. Lassen Sie Ihren Router Port 80 von außen zum Hörerport dieses Computers leiten, und sehen Sie nach, ob %1 zu Ihrer eigenen Adresse führt.</translation>
    </message>
    <message>
        <source>The authority did not find this station at port 443 of %1. Let your router lead port 443 from outside to the listeners’ port of this computer, and look whether %1 leads to your own address.</source>
        <translation>Die Zertifizierungsstelle hat diesen Sender an Port 443 von %1 nicht gefunden. Lassen Sie Ihren Router Port 443 von außen zum Hörerport dieses Computers leiten, und sehen Sie nach, ob %1 zu Ihrer eigenen Adresse führt.</translation>
    </message>
    <message>
        <source>The authority has been asked too often. It is asked again by itself when it allows that; until then nothing helps but waiting.</source>
        <translation>Die Zertifizierungsstelle wurde zu oft gefragt. Sie wird von selbst wieder gefragt, wenn sie es erlaubt; bis dahin hilft nur Warten.</translation>
    </message>
    <message>
        <source>The authority does not issue a certificate for %1.</source>
        <translation>Die Zertifizierungsstelle stellt für %1 kein Zertifikat aus.</translation>
    </message>
    <message>
        <source>The authority could not be understood. It is asked again by itself.</source>
        <translation>Die Zertifizierungsstelle war nicht zu verstehen. Sie wird von selbst wieder gefragt.</translation>
    </message>
    <message>
        <source>It is not known under which name or address people outside reach the station: enter it as public address.</source>
        <translation>Es ist nicht bekannt, unter welchem Namen oder welcher Adresse man den Sender von außen erreicht: Tragen Sie ihn als öffentliche Adresse ein.</translation>
    </message>
    <message>
        <source>The last attempt to get a certificate has failed. It is tried again by itself.</source>
        <translation>Der letzte Versuch, ein Zertifikat zu bekommen, ist gescheitert. Es wird von selbst wieder versucht.</translation>
    </message>
    <message>
        <source>A key is made.</source>
        <translation>Ein Schlüssel wird erzeugt.</translation>
    </message>
    <message>
        <source>A rehearsal: the authority is asked for nothing yet.</source>
        <translation>Eine Probe: Von der Zertifizierungsstelle wird noch nichts verlangt.</translation>
    </message>
    <message>
        <source>The authority is asked for a certificate.</source>
        <translation>Die Zertifizierungsstelle wird um ein Zertifikat gebeten.</translation>
    </message>
    <message>
        <source>The clock of this computer is wrong by about %1 hours. Set it right and try again.</source>
        <translation>Die Uhr dieses Computers geht um etwa %1 Stunden falsch. Stellen Sie sie und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>The authority looks for this station at port 80.</source>
        <translation>Die Zertifizierungsstelle sucht diesen Sender an Port 80.</translation>
    </message>
    <message>
        <source>The authority looks for this station at port 443.</source>
        <translation>Die Zertifizierungsstelle sucht diesen Sender an Port 443.</translation>
    </message>
    <message>
        <source>The file %1 cannot be written: %2.</source>
        <translation>Die Datei %1 kann nicht geschrieben werden: %2.</translation>
    </message>
    <message>
        <source>is &quot;%1&quot;: expected the directory address of an authority, which begins with https://</source>
        <translation>ist „%1“: erwartet wird die Verzeichnisadresse einer Zertifizierungsstelle, die mit https:// beginnt</translation>
    </message>
    <message>
        <source>is &quot;%1&quot;: expected an address such as https://radio.example.org or http://203.0.113.7:8001, or nothing</source>
        <translation>ist „%1“: erwartet wird eine Adresse wie https://radio.example.org oder http://203.0.113.7:8001, oder nichts</translation>
    </message>
    <message>
        <source>is &quot;%1&quot;, which people outside of your network cannot reach; no directory is told of it</source>
        <translation>ist „%1“, was man außerhalb Ihres Netzes nicht erreicht; keinem Verzeichnis wird sie genannt</translation>
    </message>
    <message>
        <source>is no address that can be called: expected one that begins with https:// or http://, with {ip} or {ip6} in the place of the address</source>
        <translation>ist keine Adresse, die aufgerufen werden kann: erwartet wird eine, die mit https:// oder http:// beginnt, mit {ip} oder {ip6} an Stelle der Adresse</translation>
    </message>
    <message>
        <source>is &quot;%1&quot;: expected the address of a directory, such as http://dir.xiph.org/cgi-bin/yp-cgi</source>
        <translation>ist „%1“: erwartet wird die Adresse eines Verzeichnisses wie http://dir.xiph.org/cgi-bin/yp-cgi</translation>
    </message>
    <message>
        <source>is &quot;%1&quot;: expected two letters such as DE, or with a part of the country DE-HH</source>
        <translation>ist „%1“: erwartet werden zwei Buchstaben wie DE, oder mit einem Teil des Landes DE-HH</translation>
    </message>
    <message>
        <source>contains &quot;%1&quot;: expected two or three letters each, such as de or en</source>
        <translation>enthält „%1“: erwartet werden je zwei oder drei Buchstaben wie de oder en</translation>
    </message>
    <message>
        <source>is &quot;%1&quot;: expected latitude and longitude, such as 53.55,9.99</source>
        <translation>ist „%1“: erwartet werden Breite und Länge wie 53.55,9.99</translation>
    </message>
    <message>
        <source>is &quot;%1&quot;: expected a name or an address that leads here from everywhere, such as radio.example.org, or nothing</source>
        <translation>ist „%1“: erwartet wird ein Name oder eine Adresse, die von überall hierher führt, wie radio.example.org, oder nichts</translation>
    </message>
    <message>
        <source>is empty: expected the directory address of an authority, which begins with https://</source>
        <translation>ist leer: erwartet wird die Verzeichnisadresse einer Zertifizierungsstelle, die mit https:// beginnt</translation>
    </message>
    <message>
        <source>It is not known yet that people outside can reach the station.</source>
        <translation>Es ist noch nicht bekannt, dass man den Sender von außen erreichen kann.</translation>
    </message>
    <message>
        <source>The public address is one that works at home only, so no directory is told of it.</source>
        <translation>Die öffentliche Adresse gilt nur zu Hause, darum wird sie keinem Verzeichnis genannt.</translation>
    </message>
    <message>
        <source>The station is off the air.</source>
        <translation>Der Sender ist nicht auf Sendung.</translation>
    </message>
    <message>
        <source>Your router has opened a port. %1</source>
        <translation>Ihr Router hat einen Port geöffnet. %1</translation>
    </message>
    <message>
        <source>Your router has closed the port again. %1</source>
        <translation>Ihr Router hat den Port wieder geschlossen. %1</translation>
    </message>
    <message>
        <source>Your router had forgotten the open port; it was asked for it again.</source>
        <translation>Ihr Router hatte den offenen Port vergessen; er wurde erneut darum gebeten.</translation>
    </message>
    <message>
        <source>The port of the router has been given back.</source>
        <translation>Der Port des Routers ist zurückgegeben.</translation>
    </message>
    <message>
        <source>%1 error %2</source>
        <translation>%1-Fehler %2</translation>
    </message>
    <message>
        <source>Your router at %1 answers and does not allow it (%2): automatic port opening is switched off in it. Switch on UPnP in the router, or pass TCP port %3 on to %4 there.</source>
        <translation>Ihr Router unter %1 antwortet und erlaubt es nicht (%2): das automatische Öffnen von Ports ist in ihm abgeschaltet. Schalten Sie im Router UPnP ein, oder leiten Sie dort den TCP-Port %3 an %4 weiter.</translation>
    </message>
    <message>
        <source>Another device uses port %1 of your router at %2, and the ports that were tried instead are taken as well. Choose another port for listeners.</source>
        <translation>Ein anderes Gerät benutzt den Port %1 Ihres Routers unter %2, und die stattdessen versuchten Ports sind auch belegt. Wählen Sie einen anderen Port für Hörer.</translation>
    </message>
    <message>
        <source>Your router at %1 has no room for another open port (%2). Remove one there that is no longer needed, then look again.</source>
        <translation>Ihr Router unter %1 hat keinen Platz für einen weiteren offenen Port (%2). Entfernen Sie dort einen, der nicht mehr gebraucht wird, und sehen Sie noch einmal nach.</translation>
    </message>
    <message>
        <source>A rule that was set by hand in your router at %1 is in the way of port %2 (%3). Change it there, so that it leads to %4.</source>
        <translation>Eine von Hand gesetzte Regel in Ihrem Router unter %1 steht dem Port %2 im Weg (%3). Ändern Sie sie dort so, dass sie zu %4 führt.</translation>
    </message>
    <message>
        <source>Your router at %1 said that it opened port %2, and then knew nothing of it. Pass TCP port %2 on to %3 there.</source>
        <translation>Ihr Router unter %1 sagte, er habe den Port %2 geöffnet, und wusste dann nichts davon. Leiten Sie dort den TCP-Port %2 an %3 weiter.</translation>
    </message>
    <message>
        <source>Your router at %1 was asked to open port %2 and did not answer in time. Look again, or switch it off and on.</source>
        <translation>Ihr Router unter %1 wurde gebeten, den Port %2 zu öffnen, und hat nicht rechtzeitig geantwortet. Sehen Sie noch einmal nach, oder schalten Sie ihn aus und wieder ein.</translation>
    </message>
    <message>
        <source>Your router at %1 did not open port %2 (%3). Pass TCP port %2 on to %4 there.</source>
        <translation>Ihr Router unter %1 hat den Port %2 nicht geöffnet (%3). Leiten Sie dort den TCP-Port %2 an %4 weiter.</translation>
    </message>
    <message>
        <source>Your provider shares one IPv4 address among many customers: %1. Nobody outside can come in by IPv4, whatever is set in the router; ask the provider for an address of your own.</source>
        <translation>Ihr Anbieter teilt eine IPv4-Adresse unter vielen Kunden auf: %1. Von draußen kann niemand über IPv4 herein, was auch immer im Router eingestellt ist; bitten Sie den Anbieter um eine eigene Adresse.</translation>
    </message>
    <message>
        <source>There are two routers in a row: %1. Set the one in front to bridge mode, or let the other one pass the port on to it.</source>
        <translation>Zwei Router stehen hintereinander: %1. Stellen Sie den vorderen auf Bridge-Betrieb, oder lassen Sie den anderen den Port an ihn weiterleiten.</translation>
    </message>
    <message>
        <source>your router at %1 has the address %2 itself</source>
        <translation>Ihr Router unter %1 hat selbst die Adresse %2</translation>
    </message>
    <message>
        <source>your router at %1 says that it has no public address, and behind it comes %2</source>
        <translation>Ihr Router unter %1 sagt, dass er keine öffentliche Adresse hat, und hinter ihm kommt %2</translation>
    </message>
    <message>
        <source>Your router at %1 says that it has no public IPv4 address. Look at its line, or ask the provider for an address of your own.</source>
        <translation>Ihr Router unter %1 sagt, dass er keine öffentliche IPv4-Adresse hat. Prüfen Sie seine Leitung, oder bitten Sie den Anbieter um eine eigene Adresse.</translation>
    </message>
    <message>
        <source>this computer has the address %1</source>
        <translation>dieser Computer hat die Adresse %1</translation>
    </message>
    <message>
        <source>Your router at %1 answers neither UPnP nor NAT-PMP nor PCP. Switch on UPnP in it, or pass TCP port %2 on to %3 there.</source>
        <translation>Ihr Router unter %1 antwortet weder auf UPnP noch auf NAT-PMP noch auf PCP. Schalten Sie UPnP in ihm ein, oder leiten Sie dort den TCP-Port %2 an %3 weiter.</translation>
    </message>
    <message>
        <source>The device at %1 uses port %2 of your router already. Your router can open another port for you.</source>
        <translation>Das Gerät unter %1 benutzt den Port %2 Ihres Routers schon. Ihr Router kann Ihnen einen anderen Port öffnen.</translation>
    </message>
    <message>
        <source>Your router at %1 can open port %2 for you: it answers %3.</source>
        <translation>Ihr Router unter %1 kann Ihnen den Port %2 öffnen: er antwortet auf %3.</translation>
    </message>
    <message>
        <source>Your router can open port %1 for listeners with IPv6; there is no IPv4 here.</source>
        <translation>Ihr Router kann den Port %1 für Hörer mit IPv6 öffnen; IPv4 gibt es hier nicht.</translation>
    </message>
    <message>
        <source>This computer has IPv6 only (%1), and the router does not say that it lets anybody in. Allow TCP port %2 to this address in its IPv6 firewall.</source>
        <translation>Dieser Computer hat nur IPv6 (%1), und der Router sagt nicht, dass er jemanden hereinlässt. Erlauben Sie in seiner IPv6-Firewall den TCP-Port %2 zu dieser Adresse.</translation>
    </message>
    <message>
        <source>Nothing answers at port %1 of this computer. Go on the air, then look again.</source>
        <translation>Am Port %1 dieses Computers antwortet nichts. Gehen Sie auf Sendung und sehen Sie noch einmal nach.</translation>
    </message>
    <message>
        <source>Another program answers at port %1 of this computer. Choose another port for listeners.</source>
        <translation>Am Port %1 dieses Computers antwortet ein anderes Programm. Wählen Sie einen anderen Port für Hörer.</translation>
    </message>
    <message>
        <source>The station listens on this computer only: server.host is %1.</source>
        <translation>Der Sender ist nur auf diesem Computer zu erreichen: server.host ist %1.</translation>
    </message>
    <message>
        <source>This computer has no network address. Connect it to your router, then look again.</source>
        <translation>Dieser Computer hat keine Netzwerkadresse. Verbinden Sie ihn mit Ihrem Router und sehen Sie noch einmal nach.</translation>
    </message>
    <message>
        <source>The station answers at 127.0.0.1, and not at %1, port %2. Something on this computer keeps the port closed, or server.host is another address.</source>
        <translation>Der Sender antwortet unter 127.0.0.1, aber nicht unter %1, Port %2. Etwas auf diesem Computer hält den Port geschlossen, oder server.host ist eine andere Adresse.</translation>
    </message>
    <message>
        <source>The firewall of this computer (%1) turns port %2 away. Allow it.</source>
        <translation>Die Firewall dieses Computers (%1) weist den Port %2 ab. Erlauben Sie ihn.</translation>
    </message>
    <message>
        <source>A firewall (%1) is on in this computer, and whether it lets port %2 in cannot be seen from here. Allow it, or try with a phone.</source>
        <translation>Auf diesem Computer ist eine Firewall (%1) eingeschaltet, und ob sie den Port %2 hereinlässt, ist von hier nicht zu sehen. Erlauben Sie ihn, oder probieren Sie es mit einem Telefon.</translation>
    </message>
    <message>
        <source>somebody at %1 has listened</source>
        <translation>jemand unter %1 hat zugehört</translation>
    </message>
    <message>
        <source>this computer has a public address itself</source>
        <translation>dieser Computer hat selbst eine öffentliche Adresse</translation>
    </message>
    <message>
        <source>your router at %1 passes port %2 on to this computer (%3)</source>
        <translation>Ihr Router unter %1 leitet den Port %2 an diesen Computer weiter (%3)</translation>
    </message>
    <message>
        <source>Everybody can listen: %1.</source>
        <translation>Alle können zuhören: %1.</translation>
    </message>
    <message>
        <source>Everybody can listen at %1: %2.</source>
        <translation>Alle können unter %1 zuhören: %2.</translation>
    </message>
    <message>
        <source>your router lets port %1 in (%2)</source>
        <translation>Ihr Router lässt den Port %1 herein (%2)</translation>
    </message>
    <message>
        <source>your router says that it blocks nothing</source>
        <translation>Ihr Router sagt, dass er nichts abweist</translation>
    </message>
    <message>
        <source>Everybody who has IPv6 can listen at %1: %2.</source>
        <translation>Alle, die IPv6 haben, können unter %1 zuhören: %2.</translation>
    </message>
    <message>
        <source>%1 By IPv4 nobody can: %2</source>
        <translation>%1 Über IPv4 kann es niemand: %2</translation>
    </message>
    <message>
        <source>%1 Your router can let in those who have IPv6.</source>
        <translation>%1 Ihr Router kann die hereinlassen, die IPv6 haben.</translation>
    </message>
    <message>
        <source>This network has no router: those in it can listen at %1, and there is no way in for anybody else.</source>
        <translation>Dieses Netz hat keinen Router: wer in ihm ist, kann unter %1 zuhören, und für andere gibt es keinen Weg herein.</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>Dieser Computer</translation>
    </message>
    <message>
        <source>The station answers at port %1.</source>
        <translation>Der Sender antwortet am Port %1.</translation>
    </message>
    <message>
        <source>Another program answers at port %1.</source>
        <translation>Ein anderes Programm antwortet am Port %1.</translation>
    </message>
    <message>
        <source>Nothing answers at port %1.</source>
        <translation>Am Port %1 antwortet nichts.</translation>
    </message>
    <message>
        <source>The station answers at %1.</source>
        <translation>Der Sender antwortet unter %1.</translation>
    </message>
    <message>
        <source>Nothing answers at %1.</source>
        <translation>Unter %1 antwortet nichts.</translation>
    </message>
    <message>
        <source>No answer came from %1: something swallows it.</source>
        <translation>Von %1 kam keine Antwort: etwas verschluckt sie.</translation>
    </message>
    <message>
        <source>None.</source>
        <translation>Keine.</translation>
    </message>
    <message>
        <source>None was seen.</source>
        <translation>Es war keine zu sehen.</translation>
    </message>
    <message>
        <source>%1 lets the port in.</source>
        <translation>%1 lässt den Port herein.</translation>
    </message>
    <message>
        <source>%1 turns the port away.</source>
        <translation>%1 weist den Port ab.</translation>
    </message>
    <message>
        <source>%1 is on; its rules cannot be read from here.</source>
        <translation>%1 ist eingeschaltet; die Regeln sind von hier nicht zu lesen.</translation>
    </message>
    <message>
        <source>None: this network has no way out.</source>
        <translation>Keiner: dieses Netz hat keinen Weg hinaus.</translation>
    </message>
    <message>
        <source>%1 answers neither UPnP nor NAT-PMP nor PCP.</source>
        <translation>%1 antwortet weder auf UPnP noch auf NAT-PMP noch auf PCP.</translation>
    </message>
    <message>
        <source>%1 answers %2.</source>
        <translation>%1 antwortet auf %2.</translation>
    </message>
    <message>
        <source>Port %1 of %2 leads here (%3), for %4 s at a time.</source>
        <translation>Port %1 von %2 führt hierher (%3), jeweils für %4 s.</translation>
    </message>
    <message>
        <source>Port %1 of %2 leads here (%3), until it is closed.</source>
        <translation>Port %1 von %2 führt hierher (%3), bis er geschlossen wird.</translation>
    </message>
    <message>
        <source>Not opened: %1 error %2.</source>
        <translation>Nicht geöffnet: %1-Fehler %2.</translation>
    </message>
    <message>
        <source>Not opened: %1 gave no usable answer.</source>
        <translation>Nicht geöffnet: %1 gab keine brauchbare Antwort.</translation>
    </message>
    <message>
        <source>The router says that it blocks nothing.</source>
        <translation>Der Router sagt, dass er nichts abweist.</translation>
    </message>
    <message>
        <source>It belongs to %1.</source>
        <translation>Er gehört %1.</translation>
    </message>
    <message>
        <source>It has not been opened.</source>
        <translation>Er ist nicht geöffnet.</translation>
    </message>
    <message>
        <source>The provider</source>
        <translation>Der Anbieter</translation>
    </message>
    <message>
        <source>The router has the public address %1.</source>
        <translation>Der Router hat die öffentliche Adresse %1.</translation>
    </message>
    <message>
        <source>The router has the address %1, which is not public.</source>
        <translation>Der Router hat die Adresse %1, die nicht öffentlich ist.</translation>
    </message>
    <message>
        <source>The router does not tell its address.</source>
        <translation>Der Router nennt seine Adresse nicht.</translation>
    </message>
    <message>
        <source>The router does not tell its address; behind it comes %1.</source>
        <translation>Der Router nennt seine Adresse nicht; hinter ihm kommt %1.</translation>
    </message>
    <message>
        <source>Outside</source>
        <translation>Draußen</translation>
    </message>
    <message>
        <source>Somebody at %1 has listened.</source>
        <translation>Jemand unter %1 hat zugehört.</translation>
    </message>
    <message>
        <source>Nobody from outside has listened yet.</source>
        <translation>Von draußen hat noch niemand zugehört.</translation>
    </message>
    <message>
        <source>Own address, IPv4</source>
        <translation>Eigene Adresse, IPv4</translation>
    </message>
    <message>
        <source>Firewall of this computer, IPv4</source>
        <translation>Firewall dieses Computers, IPv4</translation>
    </message>
    <message>
        <source>Router, IPv4</source>
        <translation>Router, IPv4</translation>
    </message>
    <message>
        <source>Port of the router, IPv4</source>
        <translation>Port des Routers, IPv4</translation>
    </message>
    <message>
        <source>Own address, IPv6</source>
        <translation>Eigene Adresse, IPv6</translation>
    </message>
    <message>
        <source>Firewall of this computer, IPv6</source>
        <translation>Firewall dieses Computers, IPv6</translation>
    </message>
    <message>
        <source>Router, IPv6</source>
        <translation>Router, IPv6</translation>
    </message>
    <message>
        <source>Port of the router, IPv6</source>
        <translation>Port des Routers, IPv6</translation>
    </message>
    <message>
        <source>Everybody who has IPv6 can listen: %1.</source>
        <translation>Alle, die IPv6 haben, können zuhören: %1.</translation>
    </message>
</context>
<context>
    <name>CoverPicture</name>
    <message>
        <source>Cover</source>
        <translation>Titelbild</translation>
    </message>
</context>
<context>
    <name>DesktopHabits</name>
    <message>
        <source>Advice</source>
        <translation>Rat</translation>
    </message>
    <message>
        <source>A live program was refused</source>
        <translation>Ein Liveprogramm wurde abgewiesen</translation>
    </message>
</context>
<context>
    <name>DirectoriesDialog</name>
    <message>
        <source>Next: within a minute and a half.</source>
        <translation>Als Nächstes: in höchstens anderthalb Minuten.</translation>
    </message>
    <message numerus="yes">
        <source>Next: in about %n minute(s).</source>
        <translation>
            <numerusform>Als Nächstes: in etwa %n Minute.</numerusform>
            <numerusform>Als Nächstes: in etwa %n Minuten.</numerusform>
        </translation>
    </message>
    <message>
        <source>The directory is told of the station soon.</source>
        <translation>Das Verzeichnis erfährt bald von dem Sender.</translation>
    </message>
    <message>
        <source>The station is listed.</source>
        <translation>Der Sender ist eingetragen.</translation>
    </message>
    <message>
        <source>The directory does not list the station.</source>
        <translation>Das Verzeichnis trägt den Sender nicht ein.</translation>
    </message>
    <message>
        <source>The directory does not answer.</source>
        <translation>Das Verzeichnis antwortet nicht.</translation>
    </message>
    <message>
        <source>The station is not listed publicly.</source>
        <translation>Der Sender ist nicht öffentlich eingetragen.</translation>
    </message>
    <message>
        <source>The station is not listed yet.</source>
        <translation>Der Sender ist noch nicht eingetragen.</translation>
    </message>
    <message>
        <source>Directories</source>
        <translation>Verzeichnisse</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Logo, country, &amp;languages…</source>
        <translation>Logo, Land, S&amp;prachen…</translation>
    </message>
    <message>
        <source>A public directory</source>
        <translation>Ein öffentliches Verzeichnis</translation>
    </message>
    <message>
        <source>List the &amp;station while it is on the air</source>
        <translation>Den &amp;Sender eintragen, solange er auf Sendung ist</translation>
    </message>
    <message>
        <source>radio-browser.info, and others that look at the stream itself</source>
        <translation>radio-browser.info und andere, die den Stream selbst ansehen</translation>
    </message>
    <message>
        <source>are told nothing</source>
        <translation>erfahren nichts</translation>
    </message>
    <message>
        <source>may list the station</source>
        <translation>dürfen den Sender eintragen</translation>
    </message>
    <message>
        <source>are asked to stay away</source>
        <translation>werden gebeten, fernzubleiben</translation>
    </message>
    <message>
        <source>They &amp;read it every other day, and</source>
        <translation>Sie &amp;lesen ihn alle zwei Tage und</translation>
    </message>
    <message>
        <source>The first entry is made by hand, on the page radio-browser.info.</source>
        <translation>Der erste Eintrag geschieht von Hand auf der Seite radio-browser.info.</translation>
    </message>
    <message>
        <source>It says: %1</source>
        <translation>Es sagt: %1</translation>
    </message>
</context>
<context>
    <name>Health</name>
    <message>
        <source>off air</source>
        <translation>nicht auf Sendung</translation>
    </message>
    <message>
        <source>The station is off the air.</source>
        <translation>Der Sender ist nicht auf Sendung.</translation>
    </message>
    <message>
        <source>nothing to play</source>
        <translation>nichts zu spielen</translation>
    </message>
    <message>
        <source>Listeners hear silence: add music or go live.</source>
        <translation>Die Hörer hören Stille: Fügen Sie Musik hinzu oder gehen Sie live.</translation>
    </message>
    <message>
        <source>running low</source>
        <translation>geht zur Neige</translation>
    </message>
    <message>
        <source>The disk or the live source does not keep up; a larger buffer rides out more.</source>
        <translation>Die Platte oder die Livequelle kommt nicht nach; ein größerer Puffer überbrückt mehr.</translation>
    </message>
    <message>
        <source>healthy</source>
        <translation>gesund</translation>
    </message>
    <message>
        <source>Enough audio is ready, and it is steady.</source>
        <translation>Es liegt genug Ton bereit, und das gleichmäßig.</translation>
    </message>
    <message>
        <source>full</source>
        <translation>voll</translation>
    </message>
    <message>
        <source>Audio comes faster than it goes out: listeners or the clock do not keep up.</source>
        <translation>Ton kommt schneller, als er hinausgeht: Hörer oder Uhr kommen nicht nach.</translation>
    </message>
    <message>
        <source>unstable</source>
        <translation>unruhig</translation>
    </message>
    <message>
        <source>The fill swings quickly: the source or the CPU is unstable.</source>
        <translation>Die Füllung schwankt schnell: Die Quelle oder der Prozessor ist unruhig.</translation>
    </message>
    <message>
        <source>good</source>
        <translation>gut</translation>
    </message>
    <message>
        <source>The processor has plenty of room.</source>
        <translation>Der Prozessor hat reichlich Luft.</translation>
    </message>
    <message>
        <source>fair</source>
        <translation>mittel</translation>
    </message>
    <message>
        <source>The processor is busy, with room left.</source>
        <translation>Der Prozessor ist beschäftigt, hat aber noch Luft.</translation>
    </message>
    <message>
        <source>warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>The processor is very busy: larger chunks and longer pauses help.</source>
        <translation>Der Prozessor ist stark ausgelastet: Größere Blöcke und längere Pausen helfen.</translation>
    </message>
    <message>
        <source>critical</source>
        <translation>kritisch</translation>
    </message>
    <message>
        <source>The processor is at its limit and listeners will hear skips: larger chunks and longer pauses help.</source>
        <translation>Der Prozessor ist am Limit, und Hörer werden Sprünge hören: Größere Blöcke und längere Pausen helfen.</translation>
    </message>
    <message>
        <source>Hardly any delay.</source>
        <translation>Kaum Verzögerung.</translation>
    </message>
    <message>
        <source>acceptable</source>
        <translation>annehmbar</translation>
    </message>
    <message>
        <source>A delay that few will notice.</source>
        <translation>Eine Verzögerung, die wenige bemerken.</translation>
    </message>
    <message>
        <source>high</source>
        <translation>hoch</translation>
    </message>
    <message>
        <source>A noticeable delay: a smaller buffer and smaller chunks help.</source>
        <translation>Eine spürbare Verzögerung: Ein kleinerer Puffer und kleinere Blöcke helfen.</translation>
    </message>
    <message>
        <source>steady</source>
        <translation>gleichmäßig</translation>
    </message>
    <message>
        <source>The stream arrives at its full rate.</source>
        <translation>Der Stream kommt mit voller Rate an.</translation>
    </message>
    <message>
        <source>skipping</source>
        <translation>springt</translation>
    </message>
    <message>
        <source>Less arrives than is played: this listener hears gaps.</source>
        <translation>Es kommt weniger an, als gespielt wird: Dieser Hörer hört Lücken.</translation>
    </message>
    <message>
        <source>as expected</source>
        <translation>wie erwartet</translation>
    </message>
    <message>
        <source>No more than the buffer and the listeners account for.</source>
        <translation>Nicht mehr, als Puffer und Hörer erklären.</translation>
    </message>
    <message>
        <source>More than the buffer and the listeners account for; a smaller buffer helps.</source>
        <translation>Mehr, als Puffer und Hörer erklären; ein kleinerer Puffer hilft.</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>This computer does not tell how many connections it allows.</source>
        <translation>Dieser Rechner sagt nicht, wie viele Verbindungen er erlaubt.</translation>
    </message>
    <message>
        <source>enough</source>
        <translation>genug</translation>
    </message>
    <message>
        <source>The computer allows as many connections as the station may need.</source>
        <translation>Der Rechner erlaubt so viele Verbindungen, wie der Sender brauchen kann.</translation>
    </message>
    <message>
        <source>few</source>
        <translation>wenige</translation>
    </message>
    <message>
        <source>The computer allows few connections; raise its limit of open files (ulimit -n, LimitNOFILE of a service).</source>
        <translation>Der Rechner erlaubt wenige Verbindungen; die Grenze für offene Dateien erhöhen (ulimit -n, LimitNOFILE eines Dienstes).</translation>
    </message>
    <message>
        <source>The system does not tell how it saves power; a virtual machine never does.</source>
        <translation>Das System sagt nicht, wie es Strom spart; eine virtuelle Maschine tut das nie.</translation>
    </message>
    <message>
        <source>fast</source>
        <translation>schnell</translation>
    </message>
    <message>
        <source>The processor is always at its full speed.</source>
        <translation>Der Prozessor läuft immer mit voller Geschwindigkeit.</translation>
    </message>
    <message>
        <source>adapts</source>
        <translation>passt sich an</translation>
    </message>
    <message>
        <source>The processor becomes faster as soon as there is more to do.</source>
        <translation>Der Prozessor wird schneller, sobald es mehr zu tun gibt.</translation>
    </message>
    <message>
        <source>saves power</source>
        <translation>spart Strom</translation>
    </message>
    <message>
        <source>The processor is slow to wake up. For the shortest delay: &quot;sudo cpupower frequency-set -g performance&quot;.</source>
        <translation>Der Prozessor wird langsam wach. Für die kürzeste Verzögerung: „sudo cpupower frequency-set -g performance“.</translation>
    </message>
    <message>
        <source>The system does not tell.</source>
        <translation>Das System sagt es nicht.</translation>
    </message>
    <message>
        <source>cool</source>
        <translation>kühl</translation>
    </message>
    <message>
        <source>Neither heat nor too little power slows the processor down.</source>
        <translation>Weder Hitze noch zu schwache Stromversorgung bremst den Prozessor.</translation>
    </message>
    <message>
        <source>was hot</source>
        <translation>war heiß</translation>
    </message>
    <message>
        <source>Heat or too little power has slowed the processor down since the computer was switched on: give it air, and a strong power supply.</source>
        <translation>Hitze oder zu schwache Stromversorgung hat den Prozessor seit dem Einschalten gebremst: Geben Sie ihm Luft und ein starkes Netzteil.</translation>
    </message>
    <message>
        <source>too hot</source>
        <translation>zu heiß</translation>
    </message>
    <message>
        <source>Heat or too little power slows the processor down at this moment: give it air, and a strong power supply.</source>
        <translation>Hitze oder zu schwache Stromversorgung bremst den Prozessor in diesem Augenblick: Geben Sie ihm Luft und ein starkes Netzteil.</translation>
    </message>
    <message>
        <source>as usual</source>
        <translation>wie üblich</translation>
    </message>
    <message>
        <source>Cycast shares the processors with all other programs; where those are busy, advanced.nice lets it go first.</source>
        <translation>Cycast teilt die Prozessoren mit allen anderen Programmen; wo die viel zu tun haben, lässt advanced.nice es vorgehen.</translation>
    </message>
    <message>
        <source>raised</source>
        <translation>erhöht</translation>
    </message>
    <message>
        <source>Cycast goes before other programs.</source>
        <translation>Cycast geht anderen Programmen vor.</translation>
    </message>
    <message>
        <source>not permitted</source>
        <translation>nicht erlaubt</translation>
    </message>
    <message>
        <source>The system does not permit what advanced.nice asks for: give the program the capability CAP_SYS_NICE, or its user a limit (&quot;nice&quot; in /etc/security/limits.conf).</source>
        <translation>Das System erlaubt nicht, was advanced.nice verlangt: Geben Sie dem Programm die Fähigkeit CAP_SYS_NICE oder seinem Benutzer eine Grenze („nice“ in /etc/security/limits.conf).</translation>
    </message>
    <message>
        <source>other processors</source>
        <translation>andere Prozessoren</translation>
    </message>
    <message>
        <source>This computer does not have all the processors that advanced.cpus names, or does not let Cycast use them.</source>
        <translation>Dieser Computer hat nicht alle Prozessoren, die advanced.cpus nennt, oder lässt Cycast sie nicht benutzen.</translation>
    </message>
    <message>
        <source>by the kernel</source>
        <translation>vom Kern</translation>
    </message>
    <message>
        <source>The system encrypts by itself what goes out.</source>
        <translation>Das System verschlüsselt selbst, was hinausgeht.</translation>
    </message>
    <message>
        <source>by the program</source>
        <translation>vom Programm</translation>
    </message>
    <message>
        <source>Cycast encrypts what goes out; with the module &quot;tls&quot; the kernel would do it.</source>
        <translation>Cycast verschlüsselt, was hinausgeht; mit dem Modul „tls“ täte es der Kern.</translation>
    </message>
</context>
<context>
    <name>HttpsDialog</name>
    <message>
        <source>The certificate is valid until %1.</source>
        <translation>Das Zertifikat gilt bis %1.</translation>
    </message>
    <message>
        <source>The next attempt is on %1.</source>
        <translation>Der nächste Versuch ist am %1.</translation>
    </message>
    <message>
        <source>It is renewed by itself on %1.</source>
        <translation>Es wird am %1 von selbst erneuert.</translation>
    </message>
    <message>
        <source>https works for %1.</source>
        <translation>https funktioniert für %1.</translation>
    </message>
    <message>
        <source>The station has no certificate of its own making.</source>
        <translation>Der Sender hat sich kein Zertifikat besorgt.</translation>
    </message>
    <message>
        <source>It begins when the station is on the air.</source>
        <translation>Es beginnt, wenn der Sender auf Sendung ist.</translation>
    </message>
    <message>
        <source>Use https</source>
        <translation>https verwenden</translation>
    </message>
    <message>
        <source>Switch it &amp;off</source>
        <translation>A&amp;usschalten</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>A certificate for the station</source>
        <translation>Ein Zertifikat für den Sender</translation>
    </message>
    <message>
        <source>With https, pages that are https themselves can play the station, and browsers do not warn. The certificate is free of charge, and is renewed by itself; nobody who listens is disconnected.</source>
        <translation>Mit https können Seiten, die selbst https sind, den Sender spielen, und Browser warnen nicht. Das Zertifikat kostet nichts und wird von selbst erneuert; niemand, der hört, wird getrennt.</translation>
    </message>
    <message>
        <source>&amp;Name or address</source>
        <translation>&amp;Name oder Adresse</translation>
    </message>
    <message>
        <source>Name or address</source>
        <translation>Name oder Adresse</translation>
    </message>
    <message>
        <source>Needed: the name leads to this computer (a dynamic name will do; the bare address works as well), and port 80 or 443 from outside leads to the listeners’ port while the authority looks.</source>
        <translation>Nötig ist: Der Name führt zu diesem Computer (ein dynamischer genügt; auch die bloße Adresse geht), und Port 80 oder 443 führt von außen zum Hörerport, während die Zertifizierungsstelle nachsieht.</translation>
    </message>
    <message>
        <source>How it stands</source>
        <translation>Wie es steht</translation>
    </message>
    <message>
        <source>A certificate is on its way</source>
        <translation>Ein Zertifikat ist unterwegs</translation>
    </message>
    <message>
        <source>for example radio.example.org</source>
        <translation>zum Beispiel radio.example.org</translation>
    </message>
    <message>
        <source>The authority says: %1</source>
        <translation>Die Zertifizierungsstelle sagt: %1</translation>
    </message>
    <message>
        <source>&amp;Get a certificate</source>
        <translation>Ein Zertifikat &amp;holen</translation>
    </message>
    <message>
        <source>&amp;Renew it now</source>
        <translation>Jetzt &amp;erneuern</translation>
    </message>
    <message>
        <source>&amp;Try again</source>
        <translation>Noch einmal &amp;versuchen</translation>
    </message>
</context>
<context>
    <name>InsertTracks</name>
    <message>
        <source>adding %1</source>
        <translation>%1 hinzufügen</translation>
    </message>
</context>
<context>
    <name>JingleEditor</name>
    <message>
        <source>moving a jingle</source>
        <translation>Verschieben eines Jingles</translation>
    </message>
</context>
<context>
    <name>JinglesView</name>
    <message>
        <source>&amp;Jingles</source>
        <translation>&amp;Jingles</translation>
    </message>
    <message>
        <source>Drop station calls and jingles here.</source>
        <translation>Ziehen Sie Senderkennungen und Jingles hierher.</translation>
    </message>
    <message>
        <source>Ctrl+J</source>
        <translation>Ctrl+J</translation>
    </message>
    <message>
        <source>Add jingles</source>
        <translation>Jingles hinzufügen</translation>
    </message>
    <message>
        <source>Jingles</source>
        <translation>Jingles</translation>
    </message>
    <message>
        <source>off</source>
        <comment>a jingle after so many songs or minutes: not counted</comment>
        <translation>aus</translation>
    </message>
    <message>
        <source>Songs between jingles</source>
        <translation>Titel zwischen Jingles</translation>
    </message>
    <message>
        <source>One jingle after so many songs.</source>
        <translation>Ein Jingle nach so vielen Titeln.</translation>
    </message>
    <message>
        <source>Minutes between jingles</source>
        <translation>Minuten zwischen Jingles</translation>
    </message>
    <message>
        <source>One jingle after so many minutes of music, never within a track.</source>
        <translation>Ein Jingle nach so vielen Minuten Musik, nie mitten im Titel.</translation>
    </message>
    <message>
        <source>One every</source>
        <translation>Einer alle</translation>
    </message>
    <message>
        <source>songs, or</source>
        <translation>Titel oder</translation>
    </message>
    <message>
        <source>minutes</source>
        <translation>Minuten</translation>
    </message>
    <message>
        <source>Re&amp;move</source>
        <translation>En&amp;tfernen</translation>
    </message>
    <message>
        <source>none yet</source>
        <translation>noch keine</translation>
    </message>
    <message>
        <source>%1 of them from the folder in the settings</source>
        <translation>%1 davon aus dem Ordner in den Einstellungen</translation>
    </message>
    <message>
        <source>never played: choose when</source>
        <translation>nie gespielt: Wählen Sie, wann</translation>
    </message>
    <message>
        <source>one every %1 songs or %2 minutes</source>
        <translation>einer alle %1 Titel oder %2 Minuten</translation>
    </message>
    <message>
        <source>one after every song</source>
        <translation>einer nach jedem Titel</translation>
    </message>
    <message>
        <source>one every %1 songs</source>
        <translation>einer alle %1 Titel</translation>
    </message>
    <message>
        <source>one every %1 minutes</source>
        <translation>einer alle %1 Minuten</translation>
    </message>
    <message>
        <source>Jingles: %1</source>
        <translation>Jingles: %1</translation>
    </message>
    <message>
        <source>Music (%1)</source>
        <translation>Musik (%1)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
</context>
<context>
    <name>KnockDock</name>
    <message>
        <source>Who knocked</source>
        <translation>Wer hat angeklopft</translation>
    </message>
    <message>
        <source>Nobody has asked to broadcast yet. Tools, Connect a DJ has the values for it.</source>
        <translation>Noch wollte niemand senden. Unter Werkzeuge, DJ verbinden stehen die Werte dafür.</translation>
    </message>
    <message>
        <source>Attempts to broadcast</source>
        <translation>Sendeversuche</translation>
    </message>
    <message>
        <source>%1 from %2: %3</source>
        <translation>%1 von %2: %3</translation>
    </message>
</context>
<context>
    <name>KnockModel</name>
    <message>
        <source>Let in</source>
        <translation>Eingelassen</translation>
    </message>
    <message>
        <source>No pass phrase</source>
        <translation>Kein Passwort</translation>
    </message>
    <message>
        <source>Wrong pass phrase</source>
        <translation>Falsches Passwort</translation>
    </message>
    <message>
        <source>Wrong path</source>
        <translation>Falscher Pfad</translation>
    </message>
    <message>
        <source>Unknown format</source>
        <translation>Unbekanntes Format</translation>
    </message>
    <message>
        <source>Two at once</source>
        <translation>Zwei zugleich</translation>
    </message>
    <message>
        <source>Not understood</source>
        <translation>Nicht verstanden</translation>
    </message>
    <message>
        <source>Asked for encryption</source>
        <translation>Wollte Verschlüsselung</translation>
    </message>
    <message>
        <source>Locked out</source>
        <translation>Ausgesperrt</translation>
    </message>
    <message>
        <source>Show the right values…</source>
        <translation>Richtige Werte zeigen …</translation>
    </message>
    <message>
        <source>End the other source</source>
        <translation>Andere Quelle beenden</translation>
    </message>
    <message>
        <source>Set up encryption…</source>
        <translation>Verschlüsselung einrichten …</translation>
    </message>
    <message>
        <source>Nothing to do</source>
        <translation>Nichts zu tun</translation>
    </message>
    <message>
        <source>%1, %2 from %3, %4</source>
        <translation>%1, %2 von %3, %4</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Programm</translation>
    </message>
    <message>
        <source>Asked for</source>
        <translation>Wollte</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>Was geschah</translation>
    </message>
</context>
<context>
    <name>Language</name>
    <message>
        <source>As the &amp;system</source>
        <translation>Wie das &amp;System</translation>
    </message>
</context>
<context>
    <name>LeaveQuestions</name>
    <message>
        <source>Go off air?</source>
        <translation>Sendung beenden?</translation>
    </message>
    <message>
        <source>1 person is listening and will be disconnected.</source>
        <translation>1 Person hört zu und wird getrennt.</translation>
    </message>
    <message>
        <source>%1 people are listening and will be disconnected.</source>
        <translation>%1 Personen hören zu und werden getrennt.</translation>
    </message>
    <message>
        <source>Go off air</source>
        <translation>Sendung beenden</translation>
    </message>
    <message>
        <source>Quit and go off air?</source>
        <translation>Beenden und die Sendung abbrechen?</translation>
    </message>
    <message>
        <source>The station is on the air. Quitting ends the broadcast.</source>
        <translation>Der Sender ist auf Sendung. Das Beenden bricht die Sendung ab.</translation>
    </message>
    <message>
        <source>The station is on the air, and %1 will be disconnected.</source>
        <translation>Der Sender ist auf Sendung, getrennt wird: %1.</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
</context>
<context>
    <name>LeftList</name>
    <message>
        <source>Listeners who left lately</source>
        <translation>Hörer, die zuletzt gegangen sind</translation>
    </message>
</context>
<context>
    <name>LeftModel</name>
    <message>
        <source>Stopped listening</source>
        <translation>Hat aufgehört</translation>
    </message>
    <message>
        <source>Connection lost</source>
        <translation>Verbindung verloren</translation>
    </message>
    <message>
        <source>Never took anything</source>
        <translation>Hat nie etwas abgenommen</translation>
    </message>
    <message>
        <source>Somebody connected and read nothing of the stream for half a minute: no player does that.</source>
        <translation>Jemand hat sich verbunden und eine halbe Minute lang nichts vom Strom gelesen: Das tut kein Player.</translation>
    </message>
    <message>
        <source>Took nothing for a minute</source>
        <translation>Nahm eine Minute nichts an</translation>
    </message>
    <message>
        <source>Removed by you</source>
        <translation>Von Ihnen entfernt</translation>
    </message>
    <message>
        <source>Removed by the admin</source>
        <translation>Vom Verwalter entfernt</translation>
    </message>
    <message>
        <source>Banned</source>
        <translation>Gesperrt</translation>
    </message>
    <message>
        <source>Format changed</source>
        <translation>Format gewechselt</translation>
    </message>
    <message>
        <source>Station went off the air</source>
        <translation>Sendung beendet</translation>
    </message>
    <message>
        <source>The player closed the connection: somebody pressed stop, or went on to something else.</source>
        <translation>Der Player hat die Verbindung geschlossen: Jemand hat Stopp gedrückt oder hört etwas anderes.</translation>
    </message>
    <message>
        <source>There was no sign of life any more: the listener&apos;s network or computer is gone.</source>
        <translation>Es gab kein Lebenszeichen mehr: Das Netz oder der Rechner des Hörers ist weg.</translation>
    </message>
    <message>
        <source>A paused player, or a line that is far too slow: what came next had left the buffer.</source>
        <translation>Ein angehaltener Player oder eine viel zu langsame Leitung: Was als Nächstes kam, war nicht mehr im Puffer.</translation>
    </message>
    <message>
        <source>You removed this listener, who may come again.</source>
        <translation>Sie haben diesen Hörer entfernt; er darf wiederkommen.</translation>
    </message>
    <message>
        <source>A program that knows the admin pass phrase removed this listener.</source>
        <translation>Ein Programm, das das Verwalterpasswort kennt, hat diesen Hörer entfernt.</translation>
    </message>
    <message>
        <source>A ban fits this listener.</source>
        <translation>Eine Sperre passt auf diesen Hörer.</translation>
    </message>
    <message>
        <source>The stream went on in another format; most players come back by themselves.</source>
        <translation>Der Stream ging in einem anderen Format weiter; die meisten Player kommen von selbst wieder.</translation>
    </message>
    <message>
        <source>The broadcast ended.</source>
        <translation>Die Sendung war zu Ende.</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>%1 with %2, listened for %3, left at %4: %5</source>
        <translation>%1 mit %2, hat %3 zugehört, ging um %4: %5</translation>
    </message>
    <message>
        <source>Left at</source>
        <translation>Ging um</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Player</source>
        <translation>Player</translation>
    </message>
    <message>
        <source>Listened</source>
        <translation>Zugehört</translation>
    </message>
    <message>
        <source>bytes_sent</source>
        <translation>bytes_sent</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
</context>
<context>
    <name>ListenBar</name>
    <message>
        <source>&amp;Volume</source>
        <translation>&amp;Lautstärke</translation>
    </message>
    <message>
        <source>Open the web &amp;page</source>
        <translation>Web&amp;seite öffnen</translation>
    </message>
    <message>
        <source>Volume of your own listening</source>
        <translation>Lautstärke Ihres eigenen Zuhörens</translation>
    </message>
    <message>
        <source>Only how loud it is here. Listeners hear no difference.</source>
        <translation>Nur wie laut es hier ist. Die Hörer hören keinen Unterschied.</translation>
    </message>
    <message>
        <source>Stop listening</source>
        <translation>Nicht mehr zuhören</translation>
    </message>
    <message>
        <source>&amp;Listen again</source>
        <translation>Weiter &amp;zuhören</translation>
    </message>
    <message>
        <source>Pa&amp;use</source>
        <translation>Pa&amp;use</translation>
    </message>
    <message>
        <source>Paused. It goes on with what is on the air then.</source>
        <translation>Angehalten. Es geht mit dem weiter, was dann auf Sendung ist.</translation>
    </message>
    <message>
        <source>Connecting, as any player would…</source>
        <translation>Verbindung wie bei jedem Player …</translation>
    </message>
    <message>
        <source>You hear your station as a listener does, a few seconds behind the broadcast.</source>
        <translation>Sie hören Ihren Sender wie ein Hörer, ein paar Sekunden hinter der Sendung.</translation>
    </message>
    <message>
        <source>No sound device was found on this computer. The web page with the player was opened in the browser instead.</source>
        <translation>An diesem Computer wurde kein Tongerät gefunden. Stattdessen wurde die Webseite mit dem Player im Browser geöffnet.</translation>
    </message>
    <message>
        <source>The sound device does not play. The web page with the player was opened in the browser instead.</source>
        <translation>Das Tongerät spielt nicht. Stattdessen wurde die Webseite mit dem Player im Browser geöffnet.</translation>
    </message>
</context>
<context>
    <name>ListenersTexts</name>
    <message>
        <source>Stalled</source>
        <translation>Stockt</translation>
    </message>
    <message>
        <source>OK, skipped %1×</source>
        <translation>OK, %1× gesprungen</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>OK</translation>
    </message>
    <message>
        <source>Has accepted no data for more than 10 seconds: paused, or the connection is too slow.</source>
        <translation>Hat seit mehr als 10 Sekunden keine Daten angenommen: angehalten, oder die Verbindung ist zu langsam.</translation>
    </message>
    <message>
        <source>Receives the stream as it is broadcast.</source>
        <translation>Empfängt den Stream, wie er gesendet wird.</translation>
    </message>
    <message numerus="yes">
        <source>Fell behind further than the buffer reaches and jumped ahead %n time(s).</source>
        <translation>
            <numerusform>Fiel weiter zurück, als der Puffer reicht, und sprang %n-mal vor.</numerusform>
            <numerusform>Fiel weiter zurück, als der Puffer reicht, und sprang %n-mal vor.</numerusform>
        </translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Listener %1 from %2, %3, connected for %4, %5 behind, %6</source>
        <translation>Hörer %1 von %2, %3, verbunden seit %4, %5 zurück, %6</translation>
    </message>
    <message>
        <source>ID</source>
        <translation>Nr.</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Player</source>
        <translation>Player</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>Verbunden</translation>
    </message>
    <message>
        <source>bytes_sent</source>
        <translation>bytes_sent</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>Rate</translation>
    </message>
    <message>
        <source>Behind</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>What the listener&apos;s connection has accepted, audio and titles.</source>
        <translation>Was die Verbindung des Hörers angenommen hat, Ton und Titel.</translation>
    </message>
    <message>
        <source>How far behind the broadcast this listener is.</source>
        <translation>Wie weit dieser Hörer hinter der Sendung ist.</translation>
    </message>
    <message>
        <source>Bytes per second over the last seconds.</source>
        <translation>Bytes je Sekunde in den letzten Sekunden.</translation>
    </message>
</context>
<context>
    <name>ListenersView</name>
    <message>
        <source>Listeners</source>
        <translation>Hörer</translation>
    </message>
    <message>
        <source>Filter listeners</source>
        <translation>Hörer filtern</translation>
    </message>
    <message>
        <source>Filter listeners by id, address, player or state</source>
        <translation>Hörer nach Nummer, Adresse, Player oder Zustand filtern</translation>
    </message>
    <message>
        <source>OK, skipped %1×</source>
        <translation>OK, %1× gesprungen</translation>
    </message>
    <message>
        <source>Copy address</source>
        <translation>Adresse kopieren</translation>
    </message>
    <message>
        <source>Remove listener</source>
        <translation>Hörer entfernen</translation>
    </message>
    <message>
        <source>Closes this connection. Whoever was removed may connect again.</source>
        <translation>Schließt diese Verbindung. Wer entfernt wurde, darf wiederkommen.</translation>
    </message>
    <message numerus="yes">
        <source>Remove %n listeners</source>
        <translation>
            <numerusform>%n Hörer entfernen</numerusform>
            <numerusform>%n Hörer entfernen</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 out  ·  %2 stalled</source>
        <translation>%1 hinaus  ·  %2 stocken</translation>
    </message>
    <message>
        <source>&lt;p&gt;%1 from %2. Most at once: %3. Together they have listened for %4 hours in this broadcast.&lt;/p&gt;</source>
        <translation>&lt;p&gt;%1 von %2. Höchststand: %3. Zusammen haben sie in dieser Sendung %4 Stunden gehört.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>1 person</source>
        <translation>1 Person</translation>
    </message>
    <message>
        <source>%1 people</source>
        <translation>%1 Personen</translation>
    </message>
    <message>
        <source>%1 people  ·  </source>
        <translation>%1 Personen  ·  </translation>
    </message>
    <message>
        <source>Nobody is listening yet. Share the link above.</source>
        <translation>Noch hört niemand zu. Teilen Sie den Link oben.</translation>
    </message>
    <message>
        <source>No listener matches the filter.</source>
        <translation>Kein Hörer passt zum Filter.</translation>
    </message>
    <message>
        <source>Left lately</source>
        <translation>Gegangen</translation>
    </message>
    <message>
        <source>Who stopped listening, when, and why</source>
        <translation>Wer wann und warum aufgehört hat</translation>
    </message>
    <message>
        <source>Show who left lately</source>
        <translation>Zeigen, wer zuletzt gegangen ist</translation>
    </message>
    <message>
        <source>Nobody has left so far.</source>
        <translation>Bisher ist niemand gegangen.</translation>
    </message>
</context>
<context>
    <name>LogDock</name>
    <message>
        <source>Log</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>&amp;Verbose</source>
        <translation>&amp;Ausführlich</translation>
    </message>
    <message>
        <source>Show lines of this level and above</source>
        <translation>Zeilen dieser Stufe und darüber zeigen</translation>
    </message>
    <message>
        <source>All levels</source>
        <translation>Alle Stufen</translation>
    </message>
    <message>
        <source>Errors only</source>
        <translation>Nur Fehler</translation>
    </message>
    <message>
        <source>%1 and above</source>
        <translation>%1 und darüber</translation>
    </message>
    <message>
        <source>Search the log</source>
        <translation>Protokoll durchsuchen</translation>
    </message>
    <message>
        <source>Writes down every chunk read and sent, every change of the fill, and timing.</source>
        <translation>Schreibt jeden gelesenen und gesendeten Block auf, jede Änderung der Füllung und die Zeiten.</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>Copies the selected lines, or all that are shown.</source>
        <translation>Kopiert die gewählten Zeilen oder alle, die zu sehen sind.</translation>
    </message>
    <message>
        <source>C&amp;lear</source>
        <translation>&amp;Leeren</translation>
    </message>
    <message>
        <source>Empties this view.</source>
        <translation>Leert diese Ansicht.</translation>
    </message>
    <message>
        <source>Log lines</source>
        <translation>Zeilen des Protokolls</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
</context>
<context>
    <name>LogModel</name>
    <message>
        <source>Debug</source>
        <translation>Fehlersuche</translation>
    </message>
    <message>
        <source>Info</source>
        <translation>Info</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>Stufe</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>Teil</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Nachricht</translation>
    </message>
</context>
<context>
    <name>MainMenu</name>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>Ctrl+Q</source>
        <translation>Ctrl+Q</translation>
    </message>
    <message>
        <source>&amp;Broadcast</source>
        <translation>&amp;Sendung</translation>
    </message>
    <message>
        <source>&amp;Playlist</source>
        <translation>&amp;Wiedergabeliste</translation>
    </message>
    <message>
        <source>&amp;Sort by</source>
        <translation>&amp;Sortieren nach</translation>
    </message>
    <message>
        <source>P&amp;resets</source>
        <translation>&amp;Voreinstellungen</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Log</source>
        <translation>&amp;Protokoll</translation>
    </message>
    <message>
        <source>Ctrl+Shift+G</source>
        <translation>Ctrl+Shift+G</translation>
    </message>
    <message>
        <source>&amp;Who knocked</source>
        <translation>&amp;Wer hat angeklopft</translation>
    </message>
    <message>
        <source>Ctrl+Shift+W</source>
        <translation>Ctrl+Shift+W</translation>
    </message>
    <message>
        <source>&amp;Next pane</source>
        <translation>&amp;Nächster Bereich</translation>
    </message>
    <message>
        <source>&amp;Previous pane</source>
        <translation>V&amp;origer Bereich</translation>
    </message>
    <message>
        <source>Lan&amp;guage</source>
        <translation>Sp&amp;rache</translation>
    </message>
    <message>
        <source>&amp;Full screen</source>
        <translation>&amp;Vollbild</translation>
    </message>
    <message>
        <source>&amp;Tools</source>
        <translation>Werk&amp;zeuge</translation>
    </message>
    <message>
        <source>&amp;Settings…</source>
        <translation>&amp;Einstellungen …</translation>
    </message>
    <message>
        <source>Ctrl+,</source>
        <translation>Ctrl+,</translation>
    </message>
    <message>
        <source>Connect a &amp;DJ…</source>
        <translation>&amp;DJ verbinden …</translation>
    </message>
    <message>
        <source>Ctrl+D</source>
        <translation>Ctrl+D</translation>
    </message>
    <message>
        <source>&amp;Banned listeners…</source>
        <translation>&amp;Gesperrte Hörer …</translation>
    </message>
    <message>
        <source>S&amp;elf-test…</source>
        <translation>Selbst&amp;test …</translation>
    </message>
    <message>
        <source>Ctrl+T</source>
        <translation>Ctrl+T</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts</source>
        <translation>&amp;Tastenkürzel</translation>
    </message>
    <message>
        <source>&amp;About Cycast Desktop</source>
        <translation>Ü&amp;ber Cycast Desktop</translation>
    </message>
    <message>
        <source>&amp;Directories…</source>
        <translation>&amp;Verzeichnisse…</translation>
    </message>
    <message>
        <source>Use h&amp;ttps…</source>
        <translation>&amp;https verwenden…</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Copied: %1</source>
        <translation>Kopiert: %1</translation>
    </message>
    <message>
        <source>%1. See View, Who knocked.</source>
        <translation>%1. Siehe Ansicht, Wer hat angeklopft.</translation>
    </message>
    <message>
        <source>The program ended while the station was on the air. Playlist, track and settings are as they were.</source>
        <translation>Das Programm endete, während der Sender auf Sendung war. Wiedergabeliste, Titel und Einstellungen sind, wie sie waren.</translation>
    </message>
    <message>
        <source>Go on &amp;air again</source>
        <translation>&amp;Wieder auf Sendung gehen</translation>
    </message>
    <message>
        <source>Cycast Desktop</source>
        <translation>Cycast Desktop</translation>
    </message>
    <message>
        <source>%1 — Cycast Desktop</source>
        <translation>%1 — Cycast Desktop</translation>
    </message>
    <message>
        <source>ON AIR: %1</source>
        <translation>AUF SENDUNG: %1</translation>
    </message>
    <message>
        <source>No browser could be started. The address is %1</source>
        <translation>Es ließ sich kein Browser starten. Die Adresse ist %1</translation>
    </message>
</context>
<context>
    <name>OfferBar</name>
    <message>
        <source>No, thanks</source>
        <translation>Nein, danke</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>Ja</translation>
    </message>
</context>
<context>
    <name>OnAirBar</name>
    <message>
        <source>On air</source>
        <translation>Auf Sendung</translation>
    </message>
    <message>
        <source>● ON AIR   %1</source>
        <translation>● ON AIR   %1</translation>
    </message>
    <message>
        <source>Position in the track</source>
        <translation>Stelle im Titel</translation>
    </message>
    <message>
        <source>Elapsed</source>
        <translation>Vergangen</translation>
    </message>
    <message>
        <source>Listeners</source>
        <translation>Hörer</translation>
    </message>
    <message>
        <source>On the air. Click to go off air.</source>
        <translation>Auf Sendung. Klicken beendet die Sendung.</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>Beginnt …</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>Beginnt</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Endet …</translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation>Endet</translation>
    </message>
    <message>
        <source>Go on air</source>
        <translation>Auf Sendung gehen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal</translation>
    </message>
    <message>
        <source>Not on the air: %1</source>
        <translation>Nicht auf Sendung: %1</translation>
    </message>
    <message>
        <source>Opening the ports for listeners and live programs…</source>
        <translation>Die Ports für Hörer und Liveprogramme werden geöffnet …</translation>
    </message>
    <message>
        <source>Off the air. Add music first, or go on air and wait for a live program: listeners hear silence until then.</source>
        <translation>Nicht auf Sendung. Fügen Sie erst Musik hinzu, oder gehen Sie auf Sendung und warten auf ein Liveprogramm: Bis dahin hören die Hörer Stille.</translation>
    </message>
    <message>
        <source>Off the air. Starts with “%1”.</source>
        <translation>Nicht auf Sendung. Beginnt mit „%1“.</translation>
    </message>
    <message>
        <source>Off the air. %1 ready.</source>
        <translation>Nicht auf Sendung. %1 bereit.</translation>
    </message>
    <message>
        <source>Your link appears here on the air</source>
        <translation>Hier erscheint auf Sendung Ihr Link</translation>
    </message>
    <message>
        <source>peak %1</source>
        <translation>max. %1</translation>
    </message>
    <message>
        <source>ON AIR   %1</source>
        <translation>ON AIR   %1</translation>
    </message>
    <message>
        <source>On air for %1. Go off air</source>
        <translation>Auf Sendung seit %1. Sendung beenden</translation>
    </message>
    <message>
        <source>Live programme</source>
        <translation>Liveprogramm</translation>
    </message>
    <message>
        <source>Silence</source>
        <translation>Stille</translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation>Ohne Titel</translation>
    </message>
    <message>
        <source>next: %1</source>
        <translation>dann: %1</translation>
    </message>
    <message>
        <source>next: %1 — %2</source>
        <translation>dann: %1 — %2</translation>
    </message>
</context>
<context>
    <name>PlaylistDialogs</name>
    <message>
        <source>Add files</source>
        <translation>Dateien hinzufügen</translation>
    </message>
    <message>
        <source>Music (%1)</source>
        <translation>Musik (%1)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Add a folder with everything in it</source>
        <translation>Einen Ordner mit allem darin hinzufügen</translation>
    </message>
    <message>
        <source>Open a playlist</source>
        <translation>Eine Wiedergabeliste öffnen</translation>
    </message>
    <message>
        <source>Playlists (*.m3u *.m3u8 *.pls *.xspf *.cue)</source>
        <translation>Wiedergabelisten (*.m3u *.m3u8 *.pls *.xspf *.cue)</translation>
    </message>
    <message>
        <source>Save the playlist</source>
        <translation>Die Wiedergabeliste speichern</translation>
    </message>
    <message>
        <source>Playlist (*.m3u8)</source>
        <translation>Wiedergabeliste (*.m3u8)</translation>
    </message>
    <message>
        <source>Playlist for older players (*.m3u)</source>
        <translation>Wiedergabeliste für ältere Player (*.m3u)</translation>
    </message>
    <message>
        <source>PLS playlist (*.pls)</source>
        <translation>PLS-Wiedergabeliste (*.pls)</translation>
    </message>
    <message>
        <source>XSPF playlist (*.xspf)</source>
        <translation>XSPF-Wiedergabeliste (*.xspf)</translation>
    </message>
</context>
<context>
    <name>PlaylistEditor</name>
    <message>
        <source>The playlist is saved as %1.</source>
        <translation>Die Wiedergabeliste ist als %1 gespeichert.</translation>
    </message>
    <message>
        <source>%1 added.</source>
        <translation>%1 hinzugefügt.</translation>
    </message>
    <message>
        <source>Nothing to play was found there.</source>
        <translation>Dort fand sich nichts zum Abspielen.</translation>
    </message>
    <message>
        <source>%1 (and %2 more, see View &gt; Log)</source>
        <translation>%1 (und %2 weitere, siehe Ansicht &gt; Protokoll)</translation>
    </message>
    <message>
        <source>moving %1</source>
        <translation>%1 verschieben</translation>
    </message>
    <message>
        <source>sorting</source>
        <translation>Sortieren</translation>
    </message>
    <message>
        <source>%1 new in your folders.</source>
        <translation>%1 neu in Ihren Ordnern.</translation>
    </message>
    <message>
        <source>“%1” plays next.</source>
        <translation>„%1“ läuft als Nächstes.</translation>
    </message>
    <message>
        <source>%1 play next.</source>
        <translation>%1 laufen als Nächstes.</translation>
    </message>
    <message>
        <source>Sorted by “%1”. Ctrl+Z brings the old order back.</source>
        <translation>Sortiert nach „%1“. Strg+Z bringt die alte Reihenfolge zurück.</translation>
    </message>
</context>
<context>
    <name>PlaylistRow</name>
    <message>
        <source>%1 → %2</source>
        <comment>format of a file, format of the stream</comment>
        <translation>%1 → %2</translation>
    </message>
    <message>
        <source>%1, cannot play: %2</source>
        <translation>%1, nicht abspielbar: %2</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>%1, playing now</source>
        <translation>%1, läuft gerade</translation>
    </message>
    <message>
        <source>Click to sort the playlist. Undo brings the old order back.</source>
        <translation>Klicken sortiert die Wiedergabeliste. Rückgängig bringt die alte Reihenfolge zurück.</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>Artist</source>
        <translation>Interpret</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Länge</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
</context>
<context>
    <name>PlaylistView</name>
    <message>
        <source>Playlist</source>
        <translation>Wiedergabeliste</translation>
    </message>
    <message>
        <source>Find title, artist, album or file</source>
        <translation>Titel, Interpret, Album oder Datei finden</translation>
    </message>
    <message>
        <source>Find in the playlist</source>
        <translation>In der Wiedergabeliste finden</translation>
    </message>
    <message>
        <source>Reading tags</source>
        <translation>Tags werden gelesen</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Neu</translation>
    </message>
    <message>
        <source>Add to the playlist</source>
        <translation>Zur Wiedergabeliste hinzufügen</translation>
    </message>
    <message>
        <source>Drop music or a playlist here,
or press Ctrl+O</source>
        <translation>Ziehen Sie Musik oder eine Wiedergabeliste hierher,
oder drücken Sie Strg+O</translation>
    </message>
    <message>
        <source>Files, folders, M3U, PLS and XSPF</source>
        <translation>Dateien, Ordner, M3U, PLS und XSPF</translation>
    </message>
    <message>
        <source>Add folder…</source>
        <translation>Ordner hinzufügen …</translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation>Diese Meldung schließen</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Esc shows all</source>
        <translation>Esc zeigt alle</translation>
    </message>
    <message>
        <source>No tracks yet</source>
        <translation>Noch keine Titel</translation>
    </message>
    <message>
        <source>drop files, folders or playlists here</source>
        <translation>Dateien, Ordner oder Listen hierher ziehen</translation>
    </message>
    <message>
        <source>1 needs attention</source>
        <translation>1 braucht Aufmerksamkeit</translation>
    </message>
    <message>
        <source>%1 need attention</source>
        <translation>%1 brauchen Aufmerksamkeit</translation>
    </message>
    <message>
        <source>Stop reading tags</source>
        <translation>Lesen der Tags anhalten</translation>
    </message>
    <message>
        <source>Stop reading tags. The tracks stay, and are read when their turn comes.</source>
        <translation>Lesen der Tags anhalten. Die Titel bleiben und werden gelesen, wenn sie an der Reihe sind.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Show all tracks</source>
        <translation>Alle Titel zeigen</translation>
    </message>
</context>
<context>
    <name>PresetPreview</name>
    <message>
        <source>Preset: %1</source>
        <translation>Voreinstellung: %1</translation>
    </message>
    <message>
        <source>Applied live. Nobody is disconnected.</source>
        <translation>Live angewendet. Niemand wird getrennt.</translation>
    </message>
    <message>
        <source>These values are in force already. There is nothing to change.</source>
        <translation>Diese Werte gelten schon. Es gibt nichts zu ändern.</translation>
    </message>
    <message>
        <source>Cannot be applied. %1</source>
        <translation>Lässt sich nicht anwenden. %1</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Anwenden</translation>
    </message>
    <message>
        <source>becomes</source>
        <translation>wird</translation>
    </message>
    <message>
        <source>%1: %2, was %3</source>
        <translation>%1: %2, war %3</translation>
    </message>
    <message>
        <source>≈ %1</source>
        <translation>≈ %1</translation>
    </message>
    <message>
        <source>≈ %1 MB</source>
        <translation>≈ %1 MB</translation>
    </message>
    <message>
        <source>≈ %1 %</source>
        <translation>≈ %1 %</translation>
    </message>
    <message>
        <source>Latency, live</source>
        <translation>Verzögerung, live</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>CPU, 100 listeners</source>
        <translation>CPU, 100 Hörer</translation>
    </message>
    <message>
        <source>Buffer at %1 kbit/s</source>
        <translation>Puffer bei %1 kbit/s</translation>
    </message>
    <message>
        <source>Rides out a listener&apos;s pause of</source>
        <translation>Überbrückt eine Pause des Hörers von</translation>
    </message>
</context>
<context>
    <name>Presets</name>
    <message>
        <source>Raspberry Pi or Low-Power Device</source>
        <translation>Raspberry Pi oder stromsparendes Gerät</translation>
    </message>
    <message>
        <source>For small computers: fewer, larger steps that leave the processor room.</source>
        <translation>Für kleine Rechner: weniger, größere Schritte, die dem Prozessor Luft lassen.</translation>
    </message>
    <message>
        <source>Many Concurrent Listeners (100+)</source>
        <translation>Viele gleichzeitige Hörer (100+)</translation>
    </message>
    <message>
        <source>For a crowd: large chunks, short pauses and a limit of 200.</source>
        <translation>Für viele: große Blöcke, kurze Pausen und eine Grenze von 200.</translation>
    </message>
    <message>
        <source>Live DJ Streaming (Low Latency)</source>
        <translation>Live-DJ (geringe Verzögerung)</translation>
    </message>
    <message>
        <source>For live sets: small steps, so that listeners are close behind you.</source>
        <translation>Für Livesets: kleine Schritte, damit die Hörer dicht hinter Ihnen sind.</translation>
    </message>
    <message>
        <source>Playlist-Only Station (Maximum Stability)</source>
        <translation>Nur Wiedergabeliste (größte Stabilität)</translation>
    </message>
    <message>
        <source>For music without live shows: the largest buffer and the fewest steps.</source>
        <translation>Für Musik ohne Livesendungen: der größte Puffer und die wenigsten Schritte.</translation>
    </message>
    <message>
        <source>Home Server (Default)</source>
        <translation>Heimserver (Standard)</translation>
    </message>
    <message>
        <source>For most homes: a good middle between delay, memory and CPU.</source>
        <translation>Für die meisten Haushalte: eine gute Mitte zwischen Verzögerung, Speicher und Prozessor.</translation>
    </message>
    <message>
        <source>Raspberry Pi</source>
        <translation>Raspberry Pi</translation>
    </message>
    <message>
        <source>For a Raspberry Pi: a large buffer and large chunks.</source>
        <translation>Für einen Raspberry Pi: ein großer Puffer und große Blöcke.</translation>
    </message>
    <message>
        <source>Production Server (100+ listeners)</source>
        <translation>Produktivserver (100+ Hörer)</translation>
    </message>
    <message>
        <source>For a public station: room for 500 listeners and not more.</source>
        <translation>Für einen öffentlichen Sender: Platz für 500 Hörer und nicht mehr.</translation>
    </message>
    <message>
        <source>Low-Latency DJ Mode</source>
        <translation>DJ-Modus mit geringer Verzögerung</translation>
    </message>
    <message>
        <source>For live shows: what you say is heard soonest.</source>
        <translation>Für Livesendungen: Was Sie sagen, ist am ehesten zu hören.</translation>
    </message>
    <message>
        <source>Smoother playback (more CPU)</source>
        <translation>Glattere Wiedergabe (mehr CPU)</translation>
    </message>
    <message>
        <source>Shorter pauses between two rounds of sending; the rest stays as it is.</source>
        <translation>Kürzere Pausen zwischen zwei Senderunden; der Rest bleibt, wie er ist.</translation>
    </message>
    <message>
        <source>Lower CPU usage (potential skips)</source>
        <translation>Weniger CPU (Sprünge möglich)</translation>
    </message>
    <message>
        <source>Longer pauses between two rounds of sending; the rest stays as it is.</source>
        <translation>Längere Pausen zwischen zwei Senderunden; der Rest bleibt, wie er ist.</translation>
    </message>
</context>
<context>
    <name>PresetsMenu</name>
    <message>
        <source>P&amp;resets</source>
        <translation>&amp;Voreinstellungen</translation>
    </message>
    <message>
        <source>By scenario</source>
        <translation>Nach Einsatz</translation>
    </message>
    <message>
        <source>Recommended</source>
        <translation>Empfohlen</translation>
    </message>
    <message>
        <source>Sleep only</source>
        <translation>Nur Pausen</translation>
    </message>
    <message>
        <source>preset %1</source>
        <translation>Voreinstellung %1</translation>
    </message>
    <message>
        <source>Your own</source>
        <translation>Eigene</translation>
    </message>
    <message>
        <source>A preset of your own.</source>
        <translation>Eine eigene Voreinstellung.</translation>
    </message>
    <message>
        <source>&amp;Save current as preset…</source>
        <translation>Jetzige als Voreinstellung &amp;speichern …</translation>
    </message>
    <message>
        <source>&amp;Manage presets…</source>
        <translation>Voreinstellungen ver&amp;walten …</translation>
    </message>
    <message>
        <source>Save preset</source>
        <translation>Voreinstellung speichern</translation>
    </message>
    <message>
        <source>Name of the preset. One of the same name is replaced.</source>
        <translation>Name der Voreinstellung. Eine gleichen Namens wird ersetzt.</translation>
    </message>
</context>
<context>
    <name>QrCodeView</name>
    <message>
        <source>QR code of the web page</source>
        <translation>QR-Code der Webseite</translation>
    </message>
</context>
<context>
    <name>ReachDialog</name>
    <message>
        <source>&amp;Open the port</source>
        <translation>Port &amp;öffnen</translation>
    </message>
    <message>
        <source>&amp;Let the network in</source>
        <translation>&amp;Netzwerk hereinlassen</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>fine</source>
        <translation>in Ordnung</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>zu</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>everywhere</source>
        <translation>überall</translation>
    </message>
    <message>
        <source>everywhere, IPv6 only</source>
        <translation>überall, nur IPv6</translation>
    </message>
    <message>
        <source>on this computer</source>
        <translation>auf diesem Computer</translation>
    </message>
    <message>
        <source>at home</source>
        <translation>zu Hause</translation>
    </message>
    <message>
        <source>Let people outside listen</source>
        <translation>Leute von draußen zuhören lassen</translation>
    </message>
    <message>
        <source>What to enter</source>
        <translation>Was einzugeben ist</translation>
    </message>
    <message>
        <source>Close the &amp;port again</source>
        <translation>&amp;Port wieder schließen</translation>
    </message>
    <message>
        <source>What was &amp;seen</source>
        <translation>Was zu &amp;sehen war</translation>
    </message>
    <message>
        <source>Look &amp;again</source>
        <translation>N&amp;och einmal nachsehen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Go on the air first: then it can be seen who can listen.</source>
        <translation>Gehen Sie erst auf Sendung: dann lässt sich sehen, wer zuhören kann.</translation>
    </message>
    <message>
        <source>Looking at this computer, the router and what is behind it…</source>
        <translation>Dieser Computer, der Router und was dahinter kommt werden angesehen…</translation>
    </message>
    <message>
        <source>Try it with a phone: switch its Wi-Fi off, and point its camera here. When it listens, that is noticed here by itself.

%1</source>
        <translation>Probieren Sie es mit einem Telefon: WLAN ausschalten und die Kamera hierher halten. Wenn es zuhört, wird das hier von selbst bemerkt.

%1</translation>
    </message>
</context>
<context>
    <name>RecentFiles</name>
    <message>
        <source>Add &amp;recent</source>
        <translation>&amp;Zuletzt hinzugefügt</translation>
    </message>
    <message>
        <source>&amp;Forget these</source>
        <translation>Diese &amp;vergessen</translation>
    </message>
</context>
<context>
    <name>RemoveTracks</name>
    <message>
        <source>removing %1</source>
        <translation>%1 entfernen</translation>
    </message>
</context>
<context>
    <name>RowWords</name>
    <message>
        <source>mono</source>
        <translation>Mono</translation>
    </message>
    <message>
        <source>stereo</source>
        <translation>Stereo</translation>
    </message>
    <message>
        <source>%1 channels</source>
        <translation>%1 Kanäle</translation>
    </message>
    <message>
        <source>%1 kHz</source>
        <translation>%1 kHz</translation>
    </message>
    <message>
        <source>the stream is %1</source>
        <translation>der Stream ist %1</translation>
    </message>
    <message>
        <source>its sound is inside another kind of file</source>
        <translation>sein Ton steckt in einer anderen Art von Datei</translation>
    </message>
    <message>
        <source>tracks fade into one another</source>
        <translation>die Titel gehen ineinander über</translation>
    </message>
    <message>
        <source>silence at its ends is cut</source>
        <translation>Stille an seinen Enden wird abgeschnitten</translation>
    </message>
    <message>
        <source>%1 instead of %2</source>
        <translation>%1 statt %2</translation>
    </message>
    <message>
        <source>%1 kbit/s, more than the %2 that are passed on</source>
        <translation>%1 kbit/s, mehr als die %2, die durchgereicht werden</translation>
    </message>
    <message>
        <source>it is made as loud as the others</source>
        <translation>er wird so laut gemacht wie die anderen</translation>
    </message>
    <message>
        <source>its frames need more than the stream tells players</source>
        <translation>seine Rahmen brauchen mehr, als der Stream den Playern mitteilt</translation>
    </message>
    <message>
        <source>every file is encoded</source>
        <translation>jede Datei wird kodiert</translation>
    </message>
    <message>
        <source>its format is not known yet</source>
        <translation>sein Format ist noch nicht bekannt</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>Fehlt</translation>
    </message>
    <message>
        <source>Cannot be read</source>
        <translation>Nicht lesbar</translation>
    </message>
    <message>
        <source>Copy-protected</source>
        <translation>Kopiergeschützt</translation>
    </message>
    <message>
        <source>No sound</source>
        <translation>Tonlos</translation>
    </message>
    <message>
        <source>Cannot play</source>
        <translation>Nicht abspielbar</translation>
    </message>
    <message>
        <source>Very short</source>
        <translation>Sehr kurz</translation>
    </message>
    <message>
        <source>Silent end</source>
        <translation>Endet still</translation>
    </message>
    <message>
        <source>Far too loud</source>
        <translation>Viel zu laut</translation>
    </message>
    <message>
        <source>Far too quiet</source>
        <translation>Viel zu leise</translation>
    </message>
    <message>
        <source>It lasts %1 s only: is it the whole track?</source>
        <translation>Er dauert nur %1 s: Ist das der ganze Titel?</translation>
    </message>
    <message>
        <source>It ends with %1 s of silence, which listeners take for a fault.</source>
        <translation>Er endet mit %1 s Stille, die Hörer für eine Störung halten.</translation>
    </message>
    <message>
        <source>It is far too loud (%1 LUFS): it is probably distorted already.</source>
        <translation>Er ist viel zu laut (%1 LUFS): Wahrscheinlich ist er schon verzerrt.</translation>
    </message>
    <message>
        <source>It is far too quiet (%1 LUFS): raising it would raise its noise too.</source>
        <translation>Er ist viel zu leise (%1 LUFS): Lauter würde auch sein Rauschen lauter.</translation>
    </message>
    <message>
        <source>Cannot play: %1</source>
        <translation>Nicht abspielbar: %1</translation>
    </message>
    <message>
        <source>Sent as it is, bit for bit</source>
        <translation>Unverändert gesendet, Bit für Bit</translation>
    </message>
    <message>
        <source>Encoded anew: %1</source>
        <translation>Neu kodiert: %1</translation>
    </message>
    <message>
        <source>its loudness is not known yet</source>
        <translation>seine Lautheit ist noch nicht bekannt</translation>
    </message>
    <message>
        <source>Sent as it is, but for the gain in its frames</source>
        <translation>Unverändert gesendet, bis auf die Verstärkung in seinen Frames</translation>
    </message>
    <message>
        <source>Does not answer</source>
        <translation>Antwortet nicht</translation>
    </message>
</context>
<context>
    <name>SelfTestDialog</name>
    <message>
        <source>&amp;Copy result</source>
        <translation>Ergebnis &amp;kopieren</translation>
    </message>
    <message>
        <source>Self-test</source>
        <translation>Selbsttest</translation>
    </message>
    <message>
        <source>How well does the station perform?</source>
        <translation>Wie gut arbeitet der Sender?</translation>
    </message>
    <message>
        <source>First byte</source>
        <translation>Erstes Byte</translation>
    </message>
    <message>
        <source>Throughput of one listener</source>
        <translation>Durchsatz eines Hörers</translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>Prozessor</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>Buffer</source>
        <translation>Puffer</translation>
    </message>
    <message>
        <source>Progress of the test</source>
        <translation>Fortschritt des Tests</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>Angehalten.</translation>
    </message>
    <message>
        <source>Copied. It holds figures only: no address, no pass phrase.</source>
        <translation>Kopiert. Es enthält nur Zahlen: keine Adresse, kein Passwort.</translation>
    </message>
    <message>
        <source>The test listens to your own station for 30 seconds, as a player does, and measures.</source>
        <translation>Der Test hört 30 Sekunden lang Ihren eigenen Sender, wie ein Player, und misst.</translation>
    </message>
    <message>
        <source>Measuring…</source>
        <translation>Es wird gemessen …</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>&amp;Anhalten</translation>
    </message>
    <message>
        <source>&amp;Start the test</source>
        <translation>Test &amp;starten</translation>
    </message>
    <message>
        <source>&amp;Test again</source>
        <translation>&amp;Noch einmal testen</translation>
    </message>
    <message>
        <source>Cycast Desktop %1, self-test of %2</source>
        <translation>Cycast Desktop %1, Selbsttest vom %2</translation>
    </message>
    <message>
        <source>%1 bytes/s of %2</source>
        <translation>%1 Bytes/s von %2</translation>
    </message>
    <message>
        <source>%1 MB of %2 expected</source>
        <translation>%1 MB von erwarteten %2</translation>
    </message>
    <message>
        <source>Listeners: %1, buffer size: %2 MB, bitrate: %3 kbit/s</source>
        <translation>Hörer: %1, Puffergröße: %2 MB, Bitrate: %3 kbit/s</translation>
    </message>
    <message>
        <source>Done. The verdicts are those of the tuning guide.</source>
        <translation>Fertig. Die Urteile sind die des Handbuchs zum Abstimmen.</translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>Verbindungen</translation>
    </message>
    <message>
        <source>%1 of %2 allowed</source>
        <translation>%1 von %2 erlaubten</translation>
    </message>
    <message>
        <source>Speed of the processor</source>
        <translation>Tempo des Prozessors</translation>
    </message>
    <message>
        <source>Heat and power</source>
        <translation>Hitze und Strom</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>Vorrang</translation>
    </message>
    <message>
        <source>https</source>
        <translation>https</translation>
    </message>
    <message>
        <source>nice %1, processors %2</source>
        <translation>nice %1, Prozessoren %2</translation>
    </message>
</context>
<context>
    <name>SelfTestProbe</name>
    <message>
        <source>The station did not let the test listen: %1.</source>
        <translation>Der Sender ließ den Test nicht zuhören: %1.</translation>
    </message>
    <message>
        <source>No audio came within %1 s.</source>
        <translation>Innerhalb von %1 s kam kein Ton.</translation>
    </message>
    <message>
        <source>Go on air first: the test listens to your own station.</source>
        <translation>Gehen Sie zuerst auf Sendung: Der Test hört Ihren eigenen Sender.</translation>
    </message>
    <message>
        <source>The station&apos;s answer cannot be understood.</source>
        <translation>Die Antwort des Senders ist nicht zu verstehen.</translation>
    </message>
    <message>
        <source>The station answered “%1”.</source>
        <translation>Der Sender antwortete „%1“.</translation>
    </message>
    <message>
        <source>The station went off the air during the test.</source>
        <translation>Der Sender ging während des Tests von der Sendung.</translation>
    </message>
</context>
<context>
    <name>SessionStore</name>
    <message>
        <source>The session cannot be saved in %1: %2.</source>
        <translation>Die Sitzung lässt sich nicht in %1 speichern: %2.</translation>
    </message>
    <message>
        <source>The session of last time cannot be read (%1). It was put aside as %2.</source>
        <translation>Die Sitzung vom letzten Mal lässt sich nicht lesen (%1). Sie wurde als %2 beiseitegelegt.</translation>
    </message>
    <message>
        <source>The session of last time in %1 cannot be read: %2.</source>
        <translation>Die Sitzung vom letzten Mal in %1 lässt sich nicht lesen: %2.</translation>
    </message>
</context>
<context>
    <name>SettingRow</name>
    <message>
        <source>In the settings file: %1</source>
        <translation>In der Einstellungsdatei: %1</translation>
    </message>
    <message>
        <source>Note: %1</source>
        <translation>Hinweis: %1</translation>
    </message>
    <message>
        <source>Takes effect: %1.</source>
        <translation>Wirkt: %1.</translation>
    </message>
    <message>
        <source>Unit: %1.</source>
        <translation>Einheit: %1.</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>Address to listen on</source>
        <translation>Adresse, auf der gelauscht wird</translation>
    </message>
    <message>
        <source>0.0.0.0 is every network of this computer, IPv4 and IPv6. 127.0.0.1 is this computer only.</source>
        <translation>0.0.0.0 ist jedes Netz dieses Rechners, IPv4 und IPv6. 127.0.0.1 ist nur dieser Rechner.</translation>
    </message>
    <message>
        <source>Port for live sources</source>
        <translation>Port für Livequellen</translation>
    </message>
    <message>
        <source>Where Mixxx, BUTT and other broadcasting programs connect.</source>
        <translation>Wo Mixxx, BUTT und andere Sendeprogramme sich verbinden.</translation>
    </message>
    <message>
        <source>Port for listeners</source>
        <translation>Port für Hörer</translation>
    </message>
    <message>
        <source>For players, the web page and the API. Listeners who are connected stay when it changes.</source>
        <translation>Für Player, die Webseite und die API. Wer verbunden ist, bleibt, wenn er sich ändert.</translation>
    </message>
    <message>
        <source>Pass phrase for live sources</source>
        <translation>Passwort für Livequellen</translation>
    </message>
    <message>
        <source>Whoever knows it can go live on this station. It is never shown in logs.</source>
        <translation>Wer es kennt, kann auf diesem Sender live gehen. Es steht nie in Protokollen.</translation>
    </message>
    <message>
        <source>Path of the stream</source>
        <translation>Pfad des Streams</translation>
    </message>
    <message>
        <source>The end of the stream&apos;s address; it begins with a slash, as in /stream.</source>
        <translation>Das Ende der Adresse des Streams; er beginnt mit einem Schrägstrich, wie in /stream.</translation>
    </message>
    <message>
        <source>Buffer size</source>
        <translation>Puffergröße</translation>
    </message>
    <message>
        <source>Larger: listeners may pause longer and stalls of a live source are ridden out. Smaller: less memory, and above 20 MB less delay of live shows.</source>
        <translation>Größer: Hörer können länger anhalten, und Aussetzer einer Livequelle werden überbrückt. Kleiner: weniger Speicher und über 20 MB weniger Verzögerung bei Livesendungen.</translation>
    </message>
    <message>
        <source>Cushion for live sources</source>
        <translation>Polster für Livequellen</translation>
    </message>
    <message>
        <source>How long live audio is held back to bridge stalls of the source. -1 is automatic: nothing up to 20 MB of buffer, and 20 ms more for each MB above.</source>
        <translation>Wie lange Liveton zurückgehalten wird, um Aussetzer der Quelle zu überbrücken. -1 ist automatisch: bis 20 MB Puffer nichts und 20 ms mehr für jedes MB darüber.</translation>
    </message>
    <message>
        <source>Music folder</source>
        <translation>Musikordner</translation>
    </message>
    <message>
        <source>Played when nobody is live. A relative path starts at the folder of this file.</source>
        <translation>Wird gespielt, wenn niemand live ist. Ein relativer Pfad beginnt beim Ordner dieser Datei.</translation>
    </message>
    <message>
        <source>Shuffle</source>
        <translation>Zufällige Folge</translation>
    </message>
    <message>
        <source>Plays the tracks in random order.</source>
        <translation>Spielt die Titel in zufälliger Folge.</translation>
    </message>
    <message>
        <source>Repeat</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Starts again after the last track. Off: silence follows it.</source>
        <translation>Beginnt nach dem letzten Titel von vorn. Aus: Danach folgt Stille.</translation>
    </message>
    <message>
        <source>File name extensions</source>
        <translation>Dateiendungen</translation>
    </message>
    <message>
        <source>Which files of the music folder are tracks. Capital letters make no difference.</source>
        <translation>Welche Dateien des Musikordners Titel sind. Großbuchstaben machen keinen Unterschied.</translation>
    </message>
    <message>
        <source>After a live show</source>
        <translation>Nach einer Livesendung</translation>
    </message>
    <message>
        <source>&quot;next&quot; goes on with the next track, &quot;resume&quot; with the one that was interrupted.</source>
        <translation>„next“ geht mit dem nächsten Titel weiter, „resume“ mit dem unterbrochenen.</translation>
    </message>
    <message>
        <source>Chunk size</source>
        <translation>Blockgröße</translation>
    </message>
    <message>
        <source>Larger: less CPU. Smaller: lower latency for live shows.</source>
        <translation>Größer: weniger CPU. Kleiner: geringere Verzögerung bei Livesendungen.</translation>
    </message>
    <message>
        <source>Pause, buffer above 80 %</source>
        <translation>Pause, Puffer über 80 %</translation>
    </message>
    <message>
        <source>Shortest pause between two rounds of sending. Shorter: smoother. Longer: less CPU.</source>
        <translation>Kürzeste Pause zwischen zwei Senderunden. Kürzer: glatter. Länger: weniger CPU.</translation>
    </message>
    <message>
        <source>Pause, buffer 50 to 80 %</source>
        <translation>Pause, Puffer 50 bis 80 %</translation>
    </message>
    <message>
        <source>The same while the buffer is more than half full.</source>
        <translation>Dasselbe, während der Puffer mehr als halb voll ist.</translation>
    </message>
    <message>
        <source>Pause, buffer below 50 %</source>
        <translation>Pause, Puffer unter 50 %</translation>
    </message>
    <message>
        <source>The same while the buffer is less than half full, as it is in everyday use.</source>
        <translation>Dasselbe, während der Puffer weniger als halb voll ist, wie es im Alltag der Fall ist.</translation>
    </message>
    <message>
        <source>Burst on connect</source>
        <translation>Schub beim Verbinden</translation>
    </message>
    <message>
        <source>What a new listener gets at once, so that playing starts without a wait. -1 is automatic: four chunks.</source>
        <translation>Was ein neuer Hörer sofort bekommt, damit die Wiedergabe ohne Warten beginnt. -1 ist automatisch: vier Blöcke.</translation>
    </message>
    <message>
        <source>Station name</source>
        <translation>Name des Senders</translation>
    </message>
    <message>
        <source>Shown by players and on the web page.</source>
        <translation>Wird von Playern und auf der Webseite gezeigt.</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Beschreibung</translation>
    </message>
    <message>
        <source>One line about the station.</source>
        <translation>Eine Zeile über den Sender.</translation>
    </message>
    <message>
        <source>Genre</source>
        <translation>Genre</translation>
    </message>
    <message>
        <source>For example Jazz, or Talk.</source>
        <translation>Zum Beispiel Jazz oder Gespräch.</translation>
    </message>
    <message>
        <source>Web site</source>
        <translation>Webseite</translation>
    </message>
    <message>
        <source>An address that begins with http:// or https://, or nothing.</source>
        <translation>Eine Adresse, die mit http:// oder https:// beginnt, oder nichts.</translation>
    </message>
    <message>
        <source>Send titles in the stream</source>
        <translation>Titel im Stream senden</translation>
    </message>
    <message>
        <source>Players that ask for titles get them between the audio.</source>
        <translation>Player, die nach Titeln fragen, bekommen sie zwischen dem Ton.</translation>
    </message>
    <message>
        <source>Audio between two titles</source>
        <translation>Ton zwischen zwei Titeln</translation>
    </message>
    <message>
        <source>16000 is what players are used to.</source>
        <translation>16000 ist, was Player gewohnt sind.</translation>
    </message>
    <message>
        <source>Most listeners at once</source>
        <translation>Höchstens so viele Hörer</translation>
    </message>
    <message>
        <source>0 is no limit. Nobody who listens already is thrown out.</source>
        <translation>0 ist keine Grenze. Niemand, der schon zuhört, wird hinausgeworfen.</translation>
    </message>
    <message>
        <source>Most listeners from one address</source>
        <translation>Höchstens so viele von einer Adresse</translation>
    </message>
    <message>
        <source>0 is no limit. A household or an office behind one router counts as one address.</source>
        <translation>0 ist keine Grenze. Ein Haushalt oder ein Büro hinter einem Router zählt als eine Adresse.</translation>
    </message>
    <message>
        <source>Patience with a silent source</source>
        <translation>Geduld mit einer stummen Quelle</translation>
    </message>
    <message>
        <source>A live source that sends nothing for so long is let go, and the playlist takes over.</source>
        <translation>Eine Livequelle, die so lange nichts sendet, wird entlassen, und die Wiedergabeliste übernimmt.</translation>
    </message>
    <message>
        <source>Patience with a slow request</source>
        <translation>Geduld mit einer langsamen Anfrage</translation>
    </message>
    <message>
        <source>Whoever connects has so long to say what is wanted.</source>
        <translation>Wer sich verbindet, hat so lange Zeit, seinen Wunsch zu sagen.</translation>
    </message>
    <message>
        <source>Log every detail</source>
        <translation>Jede Einzelheit protokollieren</translation>
    </message>
    <message>
        <source>Every chunk read and sent, buffer fill and timing.</source>
        <translation>Jeder gelesene und gesendete Block, Füllung des Puffers und Zeiten.</translation>
    </message>
    <message>
        <source>Statistics for everybody</source>
        <translation>Statistik für alle</translation>
    </message>
    <message>
        <source>Off: /api/stats is refused to those who ask for it.</source>
        <translation>Aus: /api/stats wird denen verweigert, die danach fragen.</translation>
    </message>
    <message>
        <source>Flask debug mode</source>
        <translation>Flask-Fehlersuche</translation>
    </message>
    <message>
        <source>Kept for Cycast; without effect here.</source>
        <translation>Wird für Cycast aufgehoben; hier ohne Wirkung.</translation>
    </message>
    <message>
        <source>Flask secret key</source>
        <translation>Geheimer Schlüssel von Flask</translation>
    </message>
    <message>
        <source>Alarm after silence of</source>
        <translation>Alarm nach Stille von</translation>
    </message>
    <message>
        <source>A built-in listener checks what people hear. Silence for longer rings the alarm; 0 is no alarm.</source>
        <translation>Ein eingebauter Hörer prüft, was die Leute hören. Längere Stille löst den Alarm aus; 0 ist kein Alarm.</translation>
    </message>
    <message>
        <source>Skip silent tracks</source>
        <translation>Stumme Titel überspringen</translation>
    </message>
    <message>
        <source>With the alarm the playlist moves on to its next track by itself.</source>
        <translation>Mit dem Alarm geht die Wiedergabeliste von selbst zum nächsten Titel weiter.</translation>
    </message>
    <message>
        <source>Further people who may go live</source>
        <translation>Weitere Leute, die live gehen dürfen</translation>
    </message>
    <message>
        <source>Each with a user name and a pass phrase of their own, as in anna:blue river stone. The user &quot;source&quot; stays.</source>
        <translation>Jede mit eigenem Benutzernamen und Passwort, wie in anna:blauer fluss stein. Der Benutzer „source“ bleibt.</translation>
    </message>
    <message>
        <source>Pass phrase for the admin pages</source>
        <translation>Passwort für die Verwaltungsseiten</translation>
    </message>
    <message>
        <source>For programs that ask as user &quot;admin&quot;, such as Icecast statistics. Empty: the admin pages are closed.</source>
        <translation>Für Programme, die als Benutzer „admin“ fragen, etwa Icecast-Statistiken. Leer: Die Verwaltungsseiten sind geschlossen.</translation>
    </message>
    <message>
        <source>Admin pages answer to</source>
        <translation>Verwaltungsseiten antworten</translation>
    </message>
    <message>
        <source>Web servers in front of this one</source>
        <translation>Webserver vor diesem</translation>
    </message>
    <message>
        <source>Certificate for https</source>
        <translation>Zertifikat für https</translation>
    </message>
    <message>
        <source>A PEM file with the certificate and those between it and its authority. Both ports then answer https as well; http goes on beside it. Empty: no https.</source>
        <translation>Eine PEM-Datei mit dem Zertifikat und denen zwischen ihm und seiner Stelle. Beide Ports antworten dann auch mit https; http geht daneben weiter. Leer: kein https.</translation>
    </message>
    <message>
        <source>Private key for https</source>
        <translation>Privater Schlüssel für https</translation>
    </message>
    <message>
        <source>A PEM file without a pass phrase. Empty: it is in the certificate&apos;s file.</source>
        <translation>Eine PEM-Datei ohne Passwort. Leer: Er steht in der Datei des Zertifikats.</translation>
    </message>
    <message>
        <source>Format of the stream</source>
        <translation>Format des Streams</translation>
    </message>
    <message>
        <source>mp3 plays everywhere. aac and opus sound better at low bitrates. Another format is another stream: whoever listens is disconnected at that moment, and most players come back by themselves.</source>
        <translation>mp3 läuft überall. aac und opus klingen bei niedrigen Bitraten besser. Ein anderes Format ist ein anderer Stream: Wer zuhört, wird in dem Augenblick getrennt, und die meisten Player kommen von selbst wieder.</translation>
    </message>
    <message>
        <source>Bitrate</source>
        <translation>Bitrate</translation>
    </message>
    <message>
        <source>Of everything that is not passed on as it is. Nobody is disconnected.</source>
        <translation>Von allem, was nicht unverändert weitergegeben wird. Niemand wird getrennt.</translation>
    </message>
    <message>
        <source>Sample rate</source>
        <translation>Abtastrate</translation>
    </message>
    <message>
        <source>44100 is that of CDs and of most MP3s; opus needs 48000. Nobody is disconnected, but some players stumble at the change.</source>
        <translation>44100 ist die von CDs und den meisten MP3s; opus braucht 48000. Niemand wird getrennt, aber manche Player stolpern über den Wechsel.</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>Kanäle</translation>
    </message>
    <message>
        <source>1 is mono, for speech at low bitrates; 2 is stereo.</source>
        <translation>1 ist Mono, für Sprache bei niedrigen Bitraten; 2 ist Stereo.</translation>
    </message>
    <message>
        <source>Pass on as it is up to</source>
        <translation>Unverändert weitergeben bis</translation>
    </message>
    <message>
        <source>A file in the stream&apos;s own format is sent bit for bit when its bitrate is no higher. 0 encodes every file.</source>
        <translation>Eine Datei im Format des Streams wird Bit für Bit gesendet, wenn ihre Bitrate nicht höher ist. 0 kodiert jede Datei.</translation>
    </message>
    <message>
        <source>Live sources in another format</source>
        <translation>Livequellen in anderem Format</translation>
    </message>
    <message>
        <source>Crossfade</source>
        <translation>Überblendung</translation>
    </message>
    <message>
        <source>How long one track fades into the next. Above 0 every file is encoded.</source>
        <translation>Wie lange ein Titel in den nächsten übergeht. Über 0 wird jede Datei kodiert.</translation>
    </message>
    <message>
        <source>Cut silence at the ends of tracks</source>
        <translation>Stille an den Enden der Titel schneiden</translation>
    </message>
    <message>
        <source>When it is on every file is encoded.</source>
        <translation>Wenn es an ist, wird jede Datei kodiert.</translation>
    </message>
    <message>
        <source>Make all tracks equally loud</source>
        <translation>Alle Titel gleich laut machen</translation>
    </message>
    <message>
        <source>Loudness</source>
        <translation>Lautheit</translation>
    </message>
    <message>
        <source>-16 suits streams. Closer to 0 is louder and squeezes the peaks.</source>
        <translation>-16 passt für Streams. Näher an 0 ist lauter und staucht die Spitzen.</translation>
    </message>
    <message>
        <source>Highest peak</source>
        <translation>Höchste Spitze</translation>
    </message>
    <message>
        <source>Levelling never lifts the true peak of a track above this, so that nothing is clipped.</source>
        <translation>Das Angleichen hebt die wahre Spitze eines Titels nie darüber, damit nichts übersteuert.</translation>
    </message>
    <message>
        <source>Folder of jingles</source>
        <translation>Ordner mit Jingles</translation>
    </message>
    <message>
        <source>One of its files is played between two tracks, in turn. Empty: no jingles.</source>
        <translation>Eine seiner Dateien wird zwischen zwei Titeln gespielt, reihum. Leer: keine Jingles.</translation>
    </message>
    <message>
        <source>A jingle after so many songs</source>
        <translation>Ein Jingle nach so vielen Titeln</translation>
    </message>
    <message>
        <source>0 does not count songs.</source>
        <translation>0 zählt keine Titel.</translation>
    </message>
    <message>
        <source>A jingle after so many minutes</source>
        <translation>Ein Jingle nach so vielen Minuten</translation>
    </message>
    <message>
        <source>At the end of the track that is heard then; none is interrupted. 0 does not count minutes.</source>
        <translation>Am Ende des Titels, der dann läuft; keiner wird unterbrochen. 0 zählt keine Minuten.</translation>
    </message>
    <message>
        <source>Record every broadcast</source>
        <translation>Jede Sendung aufzeichnen</translation>
    </message>
    <message>
        <source>What listeners get, byte for byte, from going on the air to going off.</source>
        <translation>Was Hörer bekommen, Byte für Byte, vom Beginn bis zum Ende der Sendung.</translation>
    </message>
    <message>
        <source>Folder for recordings</source>
        <translation>Ordner für Aufzeichnungen</translation>
    </message>
    <message>
        <source>Empty is the folder Cycast in your music folder.</source>
        <translation>Leer ist der Ordner Cycast in Ihrem Musikordner.</translation>
    </message>
    <message>
        <source>A new file for each</source>
        <translation>Eine neue Datei für jede(n)</translation>
    </message>
    <message>
        <source>&quot;show&quot; begins a file when a live programme takes over and when it ends, &quot;track&quot; with every title.</source>
        <translation>„show“ beginnt eine Datei, wenn ein Liveprogramm übernimmt und wenn es endet, „track“ mit jedem Titel.</translation>
    </message>
    <message>
        <source>CUE sheet</source>
        <translation>CUE-Datei</translation>
    </message>
    <message>
        <source>A small text file beside the recording that says which title begins where.</source>
        <translation>Eine kleine Textdatei neben der Aufzeichnung, die sagt, welcher Titel wo beginnt.</translation>
    </message>
    <message>
        <source>Watch the music folders</source>
        <translation>Musikordner beobachten</translation>
    </message>
    <message>
        <source>New files in a folder of the playlist join it by themselves, and files that are gone are greyed until they are back.</source>
        <translation>Neue Dateien in einem Ordner der Wiedergabeliste kommen von selbst dazu, und verschwundene werden grau, bis sie wieder da sind.</translation>
    </message>
    <message>
        <source>Strict ports</source>
        <translation>Strenge Ports</translation>
    </message>
    <message>
        <source>Off: sources and listeners are served on either port. On: each on its own only; Shoutcast encoders then need the port before the one for live sources.</source>
        <translation>Aus: Quellen und Hörer werden auf beiden Ports bedient. Ein: jeder nur auf dem eigenen; Shoutcast-Encoder brauchen dann den Port vor dem für Livequellen.</translation>
    </message>
    <message>
        <source>By their ReplayGain or R128 tags, or as measured (EBU R 128). Files are never changed; MP3 and AAC that are passed on as they are get another gain in their frames, without a loss.</source>
        <translation>Nach ihren Tags für ReplayGain oder R128 oder wie gemessen (EBU R 128). Dateien werden nie geändert; MP3 und AAC, die unverändert weitergegeben werden, bekommen verlustfrei eine andere Verstärkung in ihren Frames.</translation>
    </message>
    <message>
        <source>Who may ask for them at all. The pass phrase is needed everywhere.</source>
        <translation>Wer überhaupt nach ihnen fragen darf. Das Passwort ist überall nötig.</translation>
    </message>
    <message>
        <source>What is sent as it comes may be another kind of stream: then listeners have to connect anew.</source>
        <translation>Was gesendet wird, wie es kommt, kann eine andere Art von Stream sein: Dann müssen sich die Hörer neu verbinden.</translation>
    </message>
    <message>
        <source>Most connections that do not listen</source>
        <translation>Höchstzahl der Verbindungen, die nicht hören</translation>
    </message>
    <message>
        <source>Requests, pages and programs that ask for figures. 0 is no limit. When it is reached, those who have been connected for longest have to go; nobody who listens.</source>
        <translation>Anfragen, Seiten und Programme, die Zahlen abfragen. 0 heißt: keine Grenze. Ist sie erreicht, müssen die gehen, die am längsten verbunden sind; niemand, der hört.</translation>
    </message>
    <message>
        <source>The same from one address</source>
        <translation>Dasselbe von einer Adresse</translation>
    </message>
    <message>
        <source>0 is no limit. Trusted proxies have none.</source>
        <translation>0 heißt: keine Grenze. Vertraute Proxys haben keine.</translation>
    </message>
    <message>
        <source>Second certificate for https</source>
        <translation>Zweites Zertifikat für https</translation>
    </message>
    <message>
        <source>With a key of another kind: RSA for old players beside a short and quick one (ECDSA). Each player is shown the one it understands. Empty: there is one.</source>
        <translation>Mit einem Schlüssel anderer Art: RSA für alte Abspieler neben einem kurzen und schnellen (ECDSA). Jedem Abspieler wird das gezeigt, das er versteht. Leer: Es gibt eines.</translation>
    </message>
    <message>
        <source>Private key of the second one</source>
        <translation>Privater Schlüssel des zweiten</translation>
    </message>
    <message>
        <source>A PEM file without a pass phrase. Empty: it is in that certificate&apos;s file.</source>
        <translation>Eine PEM-Datei ohne Passphrase. Leer: Er steht in der Datei dieses Zertifikats.</translation>
    </message>
    <message>
        <source>Gathering of live sound</source>
        <translation>Sammeln des Live-Tons</translation>
    </message>
    <message>
        <source>How long live sound waits to be sent in one piece. -1 is automatic: by the chunk size, and up to a second where a very large crowd would take more than half of a processor.</source>
        <translation>Wie lange Live-Ton wartet, um in einem Stück gesendet zu werden. -1 ist automatisch: nach der Blockgröße, und bis zu einer Sekunde, wo ein sehr großer Andrang mehr als einen halben Prozessor brauchte.</translation>
    </message>
    <message>
        <source>Requests for pages from one address</source>
        <translation>Seitenabrufe von einer Adresse</translation>
    </message>
    <message>
        <source>In a second, on the average; further ones are told to come back later. 0 is no limit. The stream itself is not counted.</source>
        <translation>In einer Sekunde, im Mittel; weitere werden gebeten, später wiederzukommen. 0 ist keine Grenze. Der Stream selbst zählt nicht.</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>Vorrang</translation>
    </message>
    <message>
        <source>How far Cycast goes before other programs: 0 as all others, -10 well before them, -20 the most. The self-test says whether this computer permits it.</source>
        <translation>Wie weit Cycast anderen Programmen vorgeht: 0 wie alle anderen, -10 deutlich, -20 am weitesten. Der Selbsttest sagt, ob dieser Computer es erlaubt.</translation>
    </message>
    <message>
        <source>Processors</source>
        <translation>Prozessoren</translation>
    </message>
    <message>
        <source>Those that Cycast may use, counted from 0: &quot;2,3&quot; or &quot;0-1&quot;. Empty: all of them.</source>
        <translation>Die Cycast benutzen darf, gezählt ab 0: „2,3“ oder „0-1“. Leer: alle.</translation>
    </message>
    <message>
        <source>Call when the address changes</source>
        <translation>Aufrufen, wenn sich die Adresse ändert</translation>
    </message>
    <message>
        <source>The update address of your dynamic name (DuckDNS, No-IP, deSEC and others); {ip} and {ip6} stand for the new addresses. It usually holds a secret and is never shown in logs.</source>
        <translation>Die Aktualisierungsadresse Ihres dynamischen Namens (DuckDNS, No-IP, deSEC und andere); {ip} und {ip6} stehen für die neuen Adressen. Sie enthält meist ein Geheimnis und erscheint nie in Protokollen.</translation>
    </message>
    <message>
        <source>List the station publicly</source>
        <translation>Den Sender öffentlich eintragen</translation>
    </message>
    <message>
        <source>In the directory below, while it is on the air and people outside can reach it.</source>
        <translation>In das Verzeichnis darunter, solange er auf Sendung und von außen erreichbar ist.</translation>
    </message>
    <message>
        <source>Directory</source>
        <translation>Verzeichnis</translation>
    </message>
    <message>
        <source>One that understands the YP protocol, as Xiph&apos;s does.</source>
        <translation>Eines, das das YP-Protokoll versteht, wie das von Xiph.</translation>
    </message>
    <message>
        <source>radio-browser.info and others that ask</source>
        <translation>radio-browser.info und andere, die fragen</translation>
    </message>
    <message>
        <source>They read what the stream says of itself, every other day. The first entry is made by hand at radio-browser.info.</source>
        <translation>Sie lesen alle zwei Tage, was der Stream von sich sagt. Der erste Eintrag geschieht von Hand bei radio-browser.info.</translation>
    </message>
    <message>
        <source>Logo</source>
        <translation>Logo</translation>
    </message>
    <message>
        <source>The address of a picture, which begins with http:// or https://.</source>
        <translation>Die Adresse eines Bildes, die mit http:// oder https:// beginnt.</translation>
    </message>
    <message>
        <source>Country</source>
        <translation>Land</translation>
    </message>
    <message>
        <source>Two letters, as in DE; with a part of the country as in DE-HH.</source>
        <translation>Zwei Buchstaben wie DE; mit einem Teil des Landes wie DE-HH.</translation>
    </message>
    <message>
        <source>Languages</source>
        <translation>Sprachen</translation>
    </message>
    <message>
        <source>Two or three letters each, as in de or en.</source>
        <translation>Je zwei oder drei Buchstaben wie de oder en.</translation>
    </message>
    <message>
        <source>Place on the map</source>
        <translation>Ort auf der Karte</translation>
    </message>
    <message>
        <source>Latitude and longitude, as in 53.55,9.99. Everybody can read it: a town is enough.</source>
        <translation>Breite und Länge wie 53.55,9.99. Jeder kann es lesen: Eine Stadt genügt.</translation>
    </message>
    <message>
        <source>Get a certificate by itself</source>
        <translation>Ein Zertifikat von selbst holen</translation>
    </message>
    <message>
        <source>From the authority below, free of charge, and renew it in time. Port 80 or 443 of the public address has to lead here while that is done.</source>
        <translation>Von der Zertifizierungsstelle darunter, kostenlos, und rechtzeitig erneuern. Port 80 oder 443 der öffentlichen Adresse muss währenddessen hierher führen.</translation>
    </message>
    <message>
        <source>For the name</source>
        <translation>Für den Namen</translation>
    </message>
    <message>
        <source>A host name that leads to this computer, as in radio.example.org, or its address in the internet. Empty: the host of the public address.</source>
        <translation>Ein Rechnername, der zu diesem Computer führt, wie radio.example.org, oder seine Adresse im Internet. Leer: der Rechner der öffentlichen Adresse.</translation>
    </message>
    <message>
        <source>Authority</source>
        <translation>Zertifizierungsstelle</translation>
    </message>
    <message>
        <source>The directory address of a certificate authority (ACME); Let’s Encrypt if you have no other.</source>
        <translation>Die Verzeichnisadresse einer Zertifizierungsstelle (ACME); Let’s Encrypt, wenn Sie keine andere haben.</translation>
    </message>
    <message>
        <source>Tried first at</source>
        <translation>Zuerst versucht bei</translation>
    </message>
    <message>
        <source>The first certificate is asked for here, for nothing: who fails too often at the real authority is locked out. Empty: no rehearsal.</source>
        <translation>Hier wird das erste Zertifikat zur Probe verlangt: Wer bei der echten Stelle zu oft scheitert, wird ausgesperrt. Leer: keine Probe.</translation>
    </message>
    <message>
        <source>Public address</source>
        <translation>Öffentliche Adresse</translation>
    </message>
    <message>
        <source>Where people outside reach the station, as in https://radio.example.org or http://203.0.113.7:8001. Every link that is shown to them begins with it. Empty: what was found out.</source>
        <translation>Wo man den Sender von außen erreicht, wie https://radio.example.org oder http://203.0.113.7:8001. Damit beginnt jeder Link, der anderen gezeigt wird. Leer: was herausgefunden wurde.</translation>
    </message>
    <message>
        <source>Their addresses, such as 127.0.0.1 for nginx on this computer, or a subnet. The listener&apos;s address is then the one that they report (X-Forwarded-For, or the PROXY protocol).</source>
        <translation>Ihre Adressen, wie 127.0.0.1 für nginx auf diesem Computer, oder ein Subnetz. Die Adresse des Hörers ist dann die, die sie melden (X-Forwarded-For oder das PROXY-Protokoll).</translation>
    </message>
    <message>
        <source>Let the router pass listeners on</source>
        <translation>Der Router lässt Hörer durch</translation>
    </message>
    <message>
        <source>While the station is on the air, one port of the router leads here (UPnP, NAT-PMP or PCP). It is given back when it goes off the air. Share says how it stands.</source>
        <translation>Solange der Sender auf Sendung ist, führt ein Port des Routers hierher (UPnP, NAT-PMP oder PCP). Er wird zurückgegeben, wenn die Sendung endet. „Teilen“ sagt, wie es steht.</translation>
    </message>
</context>
<context>
    <name>SettingsApplier</name>
    <message>
        <source>settings</source>
        <translation>Einstellungen</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Search settings</source>
        <translation>Einstellungen durchsuchen</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>With these settings</source>
        <translation>Mit diesen Einstellungen</translation>
    </message>
    <message>
        <source>&amp;Reset page</source>
        <translation>Seite &amp;zurücksetzen</translation>
    </message>
    <message>
        <source>Puts the defaults into this page. Nothing changes until they are applied.</source>
        <translation>Setzt die Standardwerte auf dieser Seite ein. Nichts ändert sich, bevor sie angewendet werden.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>&amp;Apply live</source>
        <translation>&amp;Live anwenden</translation>
    </message>
    <message>
        <source>&amp;Import…</source>
        <translation>&amp;Importieren …</translation>
    </message>
    <message>
        <source>Takes over the settings file of a Cycast or an Icecast server.</source>
        <translation>Übernimmt die Einstellungsdatei eines Cycast- oder Icecast-Servers.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>%1 (%2 to fix)</source>
        <translation>%1 (%2 zu korrigieren)</translation>
    </message>
    <message>
        <source>latency ≈ %1 live  ·  %2 MB = %3 at %4 kbit/s  ·  CPU ≈ %5 % at 100 listeners</source>
        <translation>Verzögerung ≈ %1 live  ·  %2 MB = %3 bei %4 kbit/s  ·  CPU ≈ %5 % bei 100 Hörern</translation>
    </message>
    <message>
        <source>This page shows the defaults. Apply them to make them count.</source>
        <translation>Diese Seite zeigt die Standardwerte. Wenden Sie sie an, damit sie gelten.</translation>
    </message>
    <message>
        <source>This page holds the defaults already.</source>
        <translation>Diese Seite enthält schon die Standardwerte.</translation>
    </message>
    <message>
        <source>Import settings</source>
        <translation>Einstellungen importieren</translation>
    </message>
    <message>
        <source>Settings of Cycast or Icecast (*.hcl *.xml)</source>
        <translation>Einstellungen von Cycast oder Icecast (*.hcl *.xml)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>%1 cannot be read: %2.</source>
        <translation>%1 lässt sich nicht lesen: %2.</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
    <message>
        <source>Read from a settings file of %1. Look at the pages, then apply.

Taken: %2.

Has nothing like it here: %3.

Not in that file, stays as it is: %4.</source>
        <translation>Aus einer Einstellungsdatei von %1 gelesen. Sehen Sie die Seiten durch und wenden Sie sie dann an.

Übernommen: %2.

Hat hier kein Gegenstück: %3.

Steht nicht in der Datei und bleibt, wie es ist: %4.</translation>
    </message>
    <message>
        <source>Nothing to apply: these settings are in force.</source>
        <translation>Nichts anzuwenden: Diese Einstellungen gelten.</translation>
    </message>
    <message>
        <source>Applied live. Nobody is disconnected.</source>
        <translation>Live angewendet. Niemand wird getrennt.</translation>
    </message>
    <message>
        <source>Settings were changed elsewhere. What you have not edited shows them.</source>
        <translation>Einstellungen wurden anderswo geändert. Was Sie nicht bearbeitet haben, zeigt sie.</translation>
    </message>
    <message>
        <source>Not applied. The fields to fix say what is wrong.</source>
        <translation>Nicht angewendet. Die betroffenen Felder sagen, was nicht stimmt.</translation>
    </message>
    <message>
        <source>Not applied. %1</source>
        <translation>Nicht angewendet. %1</translation>
    </message>
    <message>
        <source>Applied live. Whoever listens has to connect to the new stream.</source>
        <translation>Sofort übernommen. Wer zuhört, muss sich mit dem neuen Stream verbinden.</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>Diesem Rechner</translation>
    </message>
    <message>
        <source>The local network</source>
        <translation>Dem lokalen Netz</translation>
    </message>
    <message>
        <source>Everybody</source>
        <translation>Allen</translation>
    </message>
    <message>
        <source>Play the next track</source>
        <translation>Den nächsten Titel spielen</translation>
    </message>
    <message>
        <source>Resume the interrupted one</source>
        <translation>Den unterbrochenen fortsetzen</translation>
    </message>
    <message>
        <source>Convert to the station’s format</source>
        <translation>In das Senderformat wandeln</translation>
    </message>
    <message>
        <source>Send it as it comes</source>
        <translation>So senden, wie sie kommen</translation>
    </message>
    <message>
        <source>One for each show</source>
        <translation>Eine für jede Sendung</translation>
    </message>
    <message>
        <source>One for each title</source>
        <translation>Eine für jeden Titel</translation>
    </message>
    <message>
        <source>Are told nothing</source>
        <translation>Erfahren nichts</translation>
    </message>
    <message>
        <source>May list the station</source>
        <translation>Dürfen den Sender eintragen</translation>
    </message>
    <message>
        <source>Are asked to stay away</source>
        <translation>Werden gebeten, fernzubleiben</translation>
    </message>
</context>
<context>
    <name>SettingsPages</name>
    <message>
        <source>No setting matches the search.</source>
        <translation>Keine Einstellung passt zur Suche.</translation>
    </message>
</context>
<context>
    <name>ShareDialog</name>
    <message>
        <source>Works on this computer only: it has no network address at the moment. Connect it to your Wi-Fi or router to let others listen.</source>
        <translation>Geht nur auf diesem Rechner: Er hat im Augenblick keine Netzadresse. Verbinden Sie ihn mit WLAN oder Router, damit andere zuhören können.</translation>
    </message>
    <message>
        <source>Works for everyone who can reach the name %1.</source>
        <translation>Geht für alle, die den Namen %1 erreichen.</translation>
    </message>
    <message>
        <source>This address belongs to a shared network of your provider or to a private tunnel: people in the same network can listen, the internet cannot.</source>
        <translation>Diese Adresse gehört zu einem geteilten Netz Ihres Anbieters oder zu einem privaten Tunnel: Leute im selben Netz können zuhören, das Internet nicht.</translation>
    </message>
    <message>
        <source>Works for everyone in your home network (the same Wi-Fi or router). For people outside, forward the port on your router and give them your public address.</source>
        <translation>Geht für alle in Ihrem Heimnetz (dasselbe WLAN, derselbe Router). Für Leute draußen leiten Sie den Port am Router weiter und geben ihnen Ihre öffentliche Adresse.</translation>
    </message>
    <message>
        <source>This is a public address: people anywhere can listen, as long as no firewall closes the port.</source>
        <translation>Das ist eine öffentliche Adresse: Leute überall können zuhören, solange keine Firewall den Port schließt.</translation>
    </message>
    <message>
        <source>Share your station</source>
        <translation>Ihren Sender teilen</translation>
    </message>
    <message>
        <source>Point a phone&apos;s camera here to listen.</source>
        <translation>Zum Zuhören die Kamera eines Telefons hierher halten.</translation>
    </message>
    <message>
        <source>&amp;Web page with player</source>
        <translation>&amp;Webseite mit Player</translation>
    </message>
    <message>
        <source>&amp;Stream, for players and radios</source>
        <translation>&amp;Stream, für Player und Radios</translation>
    </message>
    <message>
        <source>&amp;Playlist file, for players</source>
        <translation>Wiedergabeliste, für &amp;Player</translation>
    </message>
    <message>
        <source>On &amp;this computer</source>
        <translation>Auf &amp;diesem Rechner</translation>
    </message>
    <message>
        <source>Another address</source>
        <translation>Weitere Adresse</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy: %1</source>
        <translation>Kopieren: %1</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Use &amp;https…</source>
        <translation>&amp;https verwenden…</translation>
    </message>
    <message>
        <source>The first addresses are for everybody, those below for your home network: many routers do not lead back to the public address.</source>
        <translation>Die ersten Adressen sind für alle, die darunter für Ihr Heimnetz: Viele Router führen nicht zur öffentlichen Adresse zurück.</translation>
    </message>
    <message>
        <source>For everybody</source>
        <translation>Für alle</translation>
    </message>
    <message>
        <source>In your home network</source>
        <translation>In Ihrem Heimnetz</translation>
    </message>
    <message>
        <source>W&amp;eb page at home</source>
        <translation>W&amp;ebseite zu Hause</translation>
    </message>
    <message>
        <source>St&amp;ream at home</source>
        <translation>St&amp;ream zu Hause</translation>
    </message>
    <message>
        <source>Let people &amp;outside listen…</source>
        <translation>Leute von dr&amp;außen zuhören lassen…</translation>
    </message>
</context>
<context>
    <name>ShortcutsDialog</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Aktion</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>In the playlist</source>
        <translation>In der Wiedergabeliste</translation>
    </message>
    <message>
        <source>Play from the selected track</source>
        <translation>Ab dem gewählten Titel spielen</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>Leave the search</source>
        <translation>Die Suche verlassen</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
</context>
<context>
    <name>StationStatusBar</name>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>Latency</source>
        <translation>Verzögerung</translation>
    </message>
    <message>
        <source>Running time</source>
        <translation>Laufzeit</translation>
    </message>
    <message>
        <source>Preset: %1</source>
        <translation>Voreinstellung: %1</translation>
    </message>
    <message>
        <source>Custom</source>
        <translation>Eigene</translation>
    </message>
    <message>
        <source>The values of this preset are in force.</source>
        <translation>Die Werte dieser Voreinstellung gelten.</translation>
    </message>
    <message>
        <source>The values in force are no preset&apos;s. The Presets menu has some to start from.</source>
        <translation>Die geltenden Werte gehören zu keiner Voreinstellung. Das Menü Voreinstellungen hat einige für den Anfang.</translation>
    </message>
    <message>
        <source>CPU %1</source>
        <translation>CPU %1</translation>
    </message>
    <message>
        <source>Memory of this application, with a buffer of %1 MB.</source>
        <translation>Speicher dieser Anwendung, mit einem Puffer von %1 MB.</translation>
    </message>
    <message>
        <source>latency ≈ %1</source>
        <translation>Verzögerung ≈ %1</translation>
    </message>
    <message>
        <source>latency –</source>
        <translation>Verzögerung –</translation>
    </message>
    <message>
        <source>Known once you are on the air.</source>
        <translation>Bekannt, sobald Sie auf Sendung sind.</translation>
    </message>
    <message>
        <source>up %1</source>
        <translation>läuft %1</translation>
    </message>
    <message>
        <source>off air</source>
        <translation>nicht auf Sendung</translation>
    </message>
    <message>
        <source>How long this broadcast has been running.</source>
        <translation>Wie lange diese Sendung läuft.</translation>
    </message>
    <message>
        <source>Nobody can listen now.</source>
        <translation>Niemand kann jetzt zuhören.</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>Aufzeichnung</translation>
    </message>
    <message>
        <source>● recording %1 · %2</source>
        <translation>● zeichnet auf %1 · %2</translation>
    </message>
    <message>
        <source>What listeners get is being recorded.</source>
        <translation>Was Hörer bekommen, wird aufgezeichnet.</translation>
    </message>
    <message>
        <source>records on the air</source>
        <translation>zeichnet auf Sendung auf</translation>
    </message>
    <message>
        <source>The recording begins when you go on the air.</source>
        <translation>Die Aufzeichnung beginnt, wenn Sie auf Sendung gehen.</translation>
    </message>
    <message>
        <source>recording stopped</source>
        <translation>Aufzeichnung angehalten</translation>
    </message>
</context>
<context>
    <name>SuspendInhibitor</name>
    <message>
        <source>The station is on the air</source>
        <translation>Der Sender ist auf Sendung</translation>
    </message>
</context>
<context>
    <name>TrayIcon</name>
    <message>
        <source>&amp;Show the window</source>
        <translation>&amp;Fenster zeigen</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>Cycast Desktop</source>
        <translation>Cycast Desktop</translation>
    </message>
    <message>
        <source>Off the air</source>
        <translation>Nicht auf Sendung</translation>
    </message>
    <message>
        <source>ON AIR, %1</source>
        <translation>AUF SENDUNG, %1</translation>
    </message>
    <message numerus="yes">
        <source>%1 (and %n more since)</source>
        <translation>
            <numerusform>%1 (und seitdem noch %n weiterer Versuch)</numerusform>
            <numerusform>%1 (und seitdem noch %n weitere Versuche)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>UserPresets</name>
    <message>
        <source>Byte %1: %2.</source>
        <translation>Byte %1: %2.</translation>
    </message>
    <message>
        <source>This is no file of presets.</source>
        <translation>Das ist keine Datei mit Voreinstellungen.</translation>
    </message>
    <message>
        <source>A preset has no name.</source>
        <translation>Eine Voreinstellung hat keinen Namen.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1 could not be written: %2.</source>
        <translation>%1 konnte nicht geschrieben werden: %2.</translation>
    </message>
    <message>
        <source>%1 cannot be read: %2.</source>
        <translation>%1 lässt sich nicht lesen: %2.</translation>
    </message>
</context>
<context>
    <name>UserPresetsDialog</name>
    <message>
        <source>&amp;Rename</source>
        <translation>&amp;Umbenennen</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>&amp;Löschen</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>&amp;Exportieren …</translation>
    </message>
    <message>
        <source>Your presets</source>
        <translation>Ihre Voreinstellungen</translation>
    </message>
    <message>
        <source>&amp;Import…</source>
        <translation>&amp;Importieren …</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Export presets</source>
        <translation>Voreinstellungen exportieren</translation>
    </message>
    <message>
        <source>Import presets</source>
        <translation>Voreinstellungen importieren</translation>
    </message>
    <message>
        <source>Presets (*.json)</source>
        <translation>Voreinstellungen (*.json)</translation>
    </message>
    <message>
        <source>Saved in %1.</source>
        <translation>In %1 gespeichert.</translation>
    </message>
    <message>
        <source>Taken over.</source>
        <translation>Übernommen.</translation>
    </message>
</context>
<context>
    <name>WindowDialogs</name>
    <message>
        <source>About Cycast Desktop</source>
        <translation>Über Cycast Desktop</translation>
    </message>
    <message>
        <source>&lt;h3&gt;Cycast Desktop %1&lt;/h3&gt;&lt;p&gt;Your own internet radio station, on your own computer.&lt;/p&gt;&lt;p&gt;Free software under the GNU General Public License, version 3 or later. Built with Qt %2.&lt;/p&gt;</source>
        <translation>&lt;h3&gt;Cycast Desktop %1&lt;/h3&gt;&lt;p&gt;Ihr eigener Internetsender, auf Ihrem eigenen Rechner.&lt;/p&gt;&lt;p&gt;Freie Software unter der GNU General Public License, Version 3 oder später. Gebaut mit Qt %2.&lt;/p&gt;</translation>
    </message>
</context>
<context>
    <name>cycast</name>
    <message>
        <source>Another program</source>
        <translation>Ein anderes Programm</translation>
    </message>
    <message>
        <source>In Mixxx: Options, Preferences, Live Broadcasting. Then switch on Options, Enable Live Broadcasting.</source>
        <translation>In Mixxx: Optionen, Einstellungen, Live-Übertragung. Dann Optionen, Live-Übertragung aktivieren.</translation>
    </message>
    <message>
        <source>In BUTT: Settings, Main, Server, Add. Then press the play button.</source>
        <translation>In BUTT: Einstellungen, Hauptseite, Server, Hinzufügen. Dann die Wiedergabetaste drücken.</translation>
    </message>
    <message>
        <source>VLC sends from the command line. Put your file in place of music.mp3.</source>
        <translation>VLC sendet von der Befehlszeile. Setzen Sie Ihre Datei an die Stelle von music.mp3.</translation>
    </message>
    <message>
        <source>In OBS: Settings, Output, Advanced, Recording, type Custom Output (FFmpeg). Then press Start Recording.</source>
        <translation>In OBS: Einstellungen, Ausgabe, Erweitert, Aufnahme, Typ Benutzerdefinierte Ausgabe (FFmpeg). Dann Aufnahme starten.</translation>
    </message>
    <message>
        <source>In a terminal. Put your file or input in place of music.flac.</source>
        <translation>In einem Terminal. Setzen Sie Ihre Datei oder Ihren Eingang an die Stelle von music.flac.</translation>
    </message>
    <message>
        <source>Any program that can broadcast to an Icecast 2 server. It asks for some of these.</source>
        <translation>Jedes Programm, das an einen Icecast-2-Server senden kann. Es fragt nach einigen davon.</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Typ</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>Host</translation>
    </message>
    <message>
        <source>Login</source>
        <translation>Login</translation>
    </message>
    <message>
        <source>Mount</source>
        <translation>Mountpunkt</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>Port</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Passwort</translation>
    </message>
    <message>
        <source>Bitrate</source>
        <translation>Bitrate</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Icecast mountpoint</source>
        <translation>Icecast-Mountpunkt</translation>
    </message>
    <message>
        <source>Icecast user</source>
        <translation>Icecast-Benutzer</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>File path or URL</source>
        <translation>Dateipfad oder URL</translation>
    </message>
    <message>
        <source>Container format</source>
        <translation>Containerformat</translation>
    </message>
    <message>
        <source>Muxer settings</source>
        <translation>Muxer-Einstellungen</translation>
    </message>
    <message>
        <source>Audio bitrate</source>
        <translation>Audio-Bitrate</translation>
    </message>
    <message>
        <source>Audio encoder</source>
        <translation>Audio-Encoder</translation>
    </message>
    <message>
        <source>Server type</source>
        <translation>Art des Servers</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Benutzer</translation>
    </message>
    <message>
        <source>Address in one</source>
        <translation>Adresse in einem</translation>
    </message>
    <message>
        <source>Playlist</source>
        <translation>Wiedergabeliste</translation>
    </message>
    <message>
        <source>Silence</source>
        <translation>Stille</translation>
    </message>
    <message>
        <source>LIVE</source>
        <translation>LIVE</translation>
    </message>
    <message>
        <source>LIVE · from %1</source>
        <translation>LIVE · von %1</translation>
    </message>
    <message>
        <source>LIVE · %1</source>
        <translation>LIVE · %1</translation>
    </message>
    <message>
        <source>LIVE · %1 from %2</source>
        <translation>LIVE · %1 von %2</translation>
    </message>
</context>
<context>
    <name>cycast::bans</name>
    <message>
        <source>“%1” is no address. Write 192.0.2.7, or 192.0.2.0/24 for a subnet.</source>
        <translation>„%1“ ist keine Adresse. Schreiben Sie 192.0.2.7 oder 192.0.2.0/24 für ein Subnetz.</translation>
    </message>
    <message>
        <source>player %1</source>
        <translation>Player %1</translation>
    </message>
    <message>
        <source>until %1</source>
        <translation>bis %1</translation>
    </message>
    <message>
        <source>for good</source>
        <translation>für immer</translation>
    </message>
</context>
<context>
    <name>cycast::humanize</name>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 min %2 s</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 h %2 min</translation>
    </message>
    <message>
        <source>%1 d %2 h</source>
        <translation>%1 T %2 h</translation>
    </message>
    <message>
        <source>%1 B</source>
        <translation>%1 B</translation>
    </message>
    <message>
        <source>%1 kB</source>
        <translation>%1 kB</translation>
    </message>
    <message>
        <source>%1 MB</source>
        <translation>%1 MB</translation>
    </message>
    <message>
        <source>%1 GB</source>
        <translation>%1 GB</translation>
    </message>
    <message>
        <source>%1 kB/s</source>
        <translation>%1 kB/s</translation>
    </message>
    <message>
        <source>%1 MB/s</source>
        <translation>%1 MB/s</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>1 track</source>
        <translation>1 Titel</translation>
    </message>
    <message>
        <source>%1 tracks</source>
        <translation>%1 Titel</translation>
    </message>
    <message>
        <source>1 listener</source>
        <translation>1 Hörer</translation>
    </message>
    <message>
        <source>%1 listeners</source>
        <translation>%1 Hörer</translation>
    </message>
</context>
<context>
    <name>cycast::settingeditors::NumberEditor</name>
    <message>
        <source>Automatic</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <source>%1: automatic</source>
        <translation>%1: automatisch</translation>
    </message>
</context>
<context>
    <name>cycast::settingeditors::SwitchEditor</name>
    <message>
        <source>On</source>
        <translation>Ein</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Aus</translation>
    </message>
</context>
<context>
    <name>cycast::settingeditors::TextEditor</name>
    <message>
        <source>Browse…</source>
        <translation>Durchsuchen …</translation>
    </message>
    <message>
        <source>Choose a folder for: %1</source>
        <translation>Einen Ordner wählen für: %1</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>Show: %1</source>
        <translation>Zeigen: %1</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>Verbergen</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy: %1</source>
        <translation>Kopieren: %1</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Neu</translation>
    </message>
    <message>
        <source>Make up a new one: %1</source>
        <translation>Neu erzeugen: %1</translation>
    </message>
</context>
<context>
    <name>cycast::settingtexts</name>
    <message>
        <source>ms</source>
        <translation>ms</translation>
    </message>
    <message>
        <source>Station</source>
        <translation>Sender</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Buffer</source>
        <translation>Puffer</translation>
    </message>
    <message>
        <source>Broadcaster</source>
        <translation>Ausstrahlung</translation>
    </message>
    <message>
        <source>Playlist</source>
        <translation>Wiedergabeliste</translation>
    </message>
    <message>
        <source>Encoder</source>
        <translation>Encoder</translation>
    </message>
    <message>
        <source>Listeners</source>
        <translation>Hörer</translation>
    </message>
    <message>
        <source>Alarm</source>
        <translation>Alarm</translation>
    </message>
    <message>
        <source>Advanced</source>
        <translation>Erweitert</translation>
    </message>
    <message>
        <source>no effect</source>
        <translation>ohne Wirkung</translation>
    </message>
    <message>
        <source>Kept in the file for Cycast; this application does not use it.</source>
        <translation>Wird in der Datei für Cycast aufgehoben; diese Anwendung benutzt es nicht.</translation>
    </message>
    <message>
        <source>new listeners</source>
        <translation>neue Hörer</translation>
    </message>
    <message>
        <source>Felt by whoever begins to listen from now on.</source>
        <translation>Spürbar für alle, die von jetzt an zuhören.</translation>
    </message>
    <message>
        <source>new connections</source>
        <translation>neue Verbindungen</translation>
    </message>
    <message>
        <source>Felt by every connection made from now on.</source>
        <translation>Spürbar für jede Verbindung von jetzt an.</translation>
    </message>
    <message>
        <source>next source</source>
        <translation>nächste Quelle</translation>
    </message>
    <message>
        <source>Asked for when the next live source connects.</source>
        <translation>Wird verlangt, wenn sich die nächste Livequelle verbindet.</translation>
    </message>
    <message>
        <source>moves a port</source>
        <translation>verlegt einen Port</translation>
    </message>
    <message>
        <source>The new port opens at once; whoever listens on the old one stays until he leaves.</source>
        <translation>Der neue Port öffnet sofort; wer auf dem alten zuhört, bleibt, bis er geht.</translation>
    </message>
    <message>
        <source>now</source>
        <translation>sofort</translation>
    </message>
    <message>
        <source>Felt at once. Nobody is disconnected.</source>
        <translation>Sofort spürbar. Niemand wird getrennt.</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keines</translation>
    </message>
    <message>
        <source>automatic (%1)</source>
        <translation>automatisch (%1)</translation>
    </message>
    <message>
        <source>On</source>
        <translation>Ein</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Aus</translation>
    </message>
    <message>
        <source>changes the stream</source>
        <translation>ändert den Stream</translation>
    </message>
    <message>
        <source>On the air at once. With another kind of stream whoever listens is disconnected and has to connect anew; most players do so by themselves.</source>
        <translation>Sofort auf Sendung. Bei einer anderen Art Stream wird getrennt, wer zuhört, und muss sich neu verbinden; die meisten Player tun das von selbst.</translation>
    </message>
    <message>
        <source>Jingles</source>
        <translation>Jingles</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>Aufzeichnung</translation>
    </message>
    <message>
        <source>From outside</source>
        <translation>Von außen</translation>
    </message>
    <message>
        <source>Directories</source>
        <translation>Verzeichnisse</translation>
    </message>
</context>
</TS>
