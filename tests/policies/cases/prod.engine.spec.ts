import { judgeWithEngine } from "./engineVerdicts";

judgeWithEngine("prod");
